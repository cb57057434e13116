#!/bin/sh
# ordinary-user.sh with-namespaces|without-namespaces FOLDER APP [ARG…]
# Runs the packaged app that lies in APP as a user without rights. The kernel gives no user namespaces to a process with another root folder.
# FOLDER is empty and becomes the user's home. It is started in a mount namespace of its own: what it mounts ends with it.
set -e
namespaces=$1 folder=$2 app=$3
shift 3

mkdir "$folder/app" "$folder/root"
if [ -n "${XAUTHORITY-}" ]; then
  cp "$XAUTHORITY" "$folder/xauthority"
  export XAUTHORITY="$folder/xauthority"
fi
if [ "$(id -u)" = 0 ]; then
  chown -R 65534:65534 "$folder"
  drop='--reuid=65534 --regid=65534 --clear-groups'
else
  drop='--inh-caps=-all --ambient-caps=-all'
fi
mount --bind "$app" "$folder/app"
export HOME="$folder"
cd /
# shellcheck disable=SC2086 # several words
if [ "$namespaces" = with-namespaces ]; then
  exec setpriv $drop "$folder/app/pushdesk" "$@"
fi
mount --rbind / "$folder/root"
# shellcheck disable=SC2086
exec chroot "$folder/root" setpriv $drop "$folder/app/pushdesk" "$@"
