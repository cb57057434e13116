abi <abi/4.0>,
include <tunables/global>

# The program is the launcher or the binary that it starts: either may make user namespaces, which Chromium's sandbox needs.
profile "${executable}" "/opt/${sanitizedProductName}/${executable}{,.bin}" flags=(unconfined) {
  userns,

  # Site-specific additions and overrides. See local/README for details.
  include if exists <local/${executable}>
}
