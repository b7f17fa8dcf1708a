{
  # The addon but for its table of system calls, in whose place a build for tests puts another.
  'sources': [
    'addon.cc',
    'change_watch.cc',
    'datagram.cc',
    'file_io.cc',
    'file_lock.cc',
    'hypervisor.cc',
    'kvp_device.cc',
    'layout.cc',
    'message_channel.cc',
    'network_watch.cc',
    'poll_thread.cc',
    'process.cc',
    'seqpacket.cc',
    'simulator_socket.cc',
    'status_watch.cc',
    './<(OS)/file_reports.cc',
    './<(OS)/network_reports.cc',
  ],
  # What differs between the systems: files of the same names.
  'include_dirs': ['.', './<(OS)'],
  'conditions': [
    ['OS=="linux"', {'sources': ['linux/kernel_layout.cc']}],
  ],
  'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
  'cflags': [
    '-Wall',
    '-Wextra',
    '-Wconversion',
    '-Wshadow',
    '-Werror',
    '-fvisibility=hidden',
    # Headers of others are not held to our warnings.
    '-isystem',
    '<!(node -p "require(\'node:path\').dirname(require.resolve(\'node-addon-api\'))")',
  ],
  'cflags_cc': ['-std=c++17'],
  'cflags_cc!': ['-std=gnu++17', '-std=gnu++20'],
}
