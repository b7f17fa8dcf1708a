{
  'targets': [
    {
      'target_name': 'hv_kvp',
      'sources': [
        'native/addon.cc',
        'native/change_watch.cc',
        'native/datagram.cc',
        'native/file_lock.cc',
        'native/kvp_device.cc',
        'native/layout.cc',
        'native/poll_thread.cc',
        'native/process.cc',
        'native/seqpacket.cc',
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
    },
  ],
}
