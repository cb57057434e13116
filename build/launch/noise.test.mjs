import { describe, expect, it } from 'vitest';
import { isNoise } from './noise.mjs';

describe('what npm start hides', () => {
  it.each([
    '[15370:1123/160658.581221:ERROR:bus.cc(407)] Failed to connect to the bus: Failed to connect to socket /run/dbus/system_bus_socket: No such file or directory',
    '[15398:1123/160659.300311:ERROR:viz_main_impl.cc(181)] Exiting GPU process due to errors during initialization',
    '[1:1/1.1:ERROR:command_buffer_proxy_impl.cc(131)] ContextResult::kTransientFailure: Failed to send GpuControl.CreateCommandBuffer.',
  ])('is harmless: %s', (line) => {
    expect(isNoise(line)).toBe(true);
  });

  it.each([
    'Pushdesk is ready: http://localhost:4830/',
    'Error: Failed to connect to the bus',
    '[2:1/1.1:FATAL:electron_main_delegate.cc(294)] Running as root without --no-sandbox is not supported.',
    '[2:1/1.1:ERROR:zygote_host_impl_linux.cc(100)] No usable sandbox!',
    '[2:1/1.1:ERROR:cert_issuer_source_aia.cc(34)] Error parsing cert retrieved from AIA',
    '',
  ])('stays on screen: %s', (line) => {
    expect(isNoise(line)).toBe(false);
  });
});
