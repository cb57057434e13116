#!/bin/sh
# Starts Pushdesk, whose binary lies beside this script. Where the system refuses Chromium its sandbox, Chromium ends before any code of the
# app runs: then this says in one sentence what to do. The binary takes this script's place, so that process, signals and exit code are its
# own; a small reader passes on what it writes to standard error.

here=$(dirname -- "$(readlink -f -- "$0")")
binary=$here/pushdesk.bin

# Without the sandbox it cannot be refused.
for arg; do
  case $arg in
  --) break ;;
  --no-sandbox | -no-sandbox) exec "$binary" "$@" ;;
  esac
done

advice() {
  printf "Chromium's sandbox is not allowed on this system: "
  if [ -e "$here/AppRun" ]; then
    # An AppImage is mounted without the rights that the helper would need.
    printf 'install the deb or rpm package instead, or go without the sandbox: "%s" --no-sandbox\n' "${APPIMAGE:-$here/AppRun}"
  else
    printf 'run sudo chown root "%s" && sudo chmod 4755 "%s", or go without it: "%s" --no-sandbox\n' \
      "$here/chrome-sandbox" "$here/chrome-sandbox" "$here/pushdesk"
  fi
}

# Nobody reads standard error of what was started from a menu.
if [ -t 0 ] || [ -t 1 ] || [ -t 2 ]; then terminal=yes; else terminal=no; fi

show() {
  [ $terminal = no ] && [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ] || return
  # Those that an AppImage brings are for itself.
  unset LD_LIBRARY_PATH
  if command -v zenity; then
    zenity --error --no-markup --title=Pushdesk --text="$1"
  elif command -v kdialog; then
    kdialog --title Pushdesk --error "$1"
  fi
} >/dev/null 2>&1

pass_on() {
  # It ends when the last process that writes to it has ended, and not before: the app outlives its terminal.
  trap '' HUP INT QUIT TERM PIPE
  rm -rf -- "$folder"
  cd /
  refused=no
  while IFS= read -r line || [ -n "$line" ]; do
    printf '%s\n' "$line"
    case $line in
    *FATAL:*'No usable sandbox'* | *FATAL:*'SUID sandbox helper'*) refused=yes ;;
    esac
  done
  if [ $refused = yes ]; then
    said=$(advice)
    printf '%s\n' "$said"
    show "$said"
  fi
}

if folder=$(mktemp -d 2>/dev/null) && mkfifo -- "$folder/stderr" 2>/dev/null; then
  # A grandchild: the app is not to be the parent of a process that it does not know.
  (pass_on <"$folder/stderr" >&2 &)
  exec "$binary" "$@" 2>"$folder/stderr"
fi
exec "$binary" "$@"
