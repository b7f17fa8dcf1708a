{
  # The addon but for its table of system calls, in whose place a build for tests puts another.
  'sources': [
    'addon.cc',
    'canonical_name.cc',
    'change_watch.cc',
    'channel_handle.cc',
    'datagram.cc',
    'file_io.cc',
    'file_lock.cc',
    'hypervisor.cc',
    'identity.cc',
    'message_channel.cc',
    'network_state.cc',
    'network_watch.cc',
    'packet_socket.cc',
    'packet_socket_calls.cc',
    'poll_thread.cc',
    'process.cc',
    'status_watch.cc',
    'users.cc',
    './<(OS)/file_reports.cc',
    './<(OS)/network_reports.cc',
    './<(OS)/network_state.cc',
  ],
  # What differs between the systems: files of the same names.
  'include_dirs': ['.', './<(OS)'],
  'conditions': [
    ['OS=="linux"', {'sources': ['linux/kernel_layout.cc']}],
  ],
  'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
  # As errors in scripts/check-native.mjs only: a newer compiler has new warnings.
  'cflags': [
    '-Wall',
    '-Wextra',
    '-Wconversion',
    '-Wshadow',
    '-fvisibility=hidden',
    # Headers of others are not held to our warnings. Quoted for make's shell: the folder may have a space in its name.
    '-isystem',
    '\'<!(node -p "require(\'node:path\').dirname(require.resolve(\'node-addon-api\'))")\'',
  ],
  # A look-up of a name may outlast the environment that asked, and then runs on in our code.
  'ldflags': ['-Wl,-z,nodelete'],
  'cflags_cc': ['-std=c++17'],
  'cflags_cc!': ['-std=gnu++17', '-std=gnu++20'],
}
