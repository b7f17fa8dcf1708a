{
  'targets': [
    {
      # The addon with FreeBSD's device behind it.
      'target_name': 'hv_kvp_twin',
      'includes': ['../../../native/addon.gypi'],
      'sources': ['twin/device.cc', 'twin/kqueue.cc', 'twin/system_calls.cc'],
      'include_dirs+': ['twin'],
      'conditions': [
        # FreeBSD's kernel is not asked for links and routes.
        ['OS=="linux"', {
          'sources': ['../../../native/freebsd/file_reports.cc', '../../../native/freebsd/network_state.cc'],
          'sources!': ['../../../native/linux/file_reports.cc', '../../../native/linux/network_state.cc'],
        }],
      ],
    },
    {
      'target_name': 'layout',
      'sources': ['layout.cc'],
      'include_dirs': ['../../../native', '../../../native/<(OS)'],
      # As in addon.gypi.
      'cflags': ['-isystem', '\'<!(node -p "require(\'node:path\').dirname(require.resolve(\'node-addon-api\'))")\''],
      'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS'],
      'cflags_cc': ['-std=c++17'],
      'cflags_cc!': ['-std=gnu++17', '-std=gnu++20'],
    },
    {
      # The addon's core against that device, without Node.
      'target_name': 'twin_rows',
      'type': 'executable',
      'sources': [
        '../../../native/message_channel.cc',
        '../../../native/packet_socket.cc',
        'twin/device.cc',
        'twin/far_end.cc',
        'twin/rows.cc',
        'twin/system_calls.cc',
      ],
      'include_dirs': ['../../../native', 'twin'],
      'cflags': ['-Wall', '-Wextra', '-Wconversion', '-Wshadow'],
      'cflags_cc': ['-std=c++17'],
      'cflags_cc!': ['-std=gnu++17', '-std=gnu++20'],
      'libraries': ['-lpthread'],
    },
  ],
}
