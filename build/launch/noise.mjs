/** What Chromium logs on a machine without a session bus or a graphics card. None of it says that anything is wrong. */
const HARMLESS = [
  /Failed to connect to the bus/,
  /Failed to call method: org\.freedesktop/,
  /org\.freedesktop\.DBus/,
  /Exiting GPU process due to errors during initialization/,
  /(gl_surface|gl_factory|gl_display|angle_platform_impl|gpu_init|viz_main_impl|vaapi_wrapper|sandbox_linux)\S*\.cc/,
  /command_buffer_proxy_impl\.cc\(\d+\)\] ContextResult::kTransientFailure/,
];

/**
 * Whether a line is one of Chromium's own log lines that is harmless. Lines of the app never are.
 * @param {string} line
 */
export function isNoise(line) {
  return (
    /^\[\d+:\d+\/[\d.]+:(ERROR|WARNING|INFO):/.test(line) && HARMLESS.some((pattern) => pattern.test(line))
  );
}
