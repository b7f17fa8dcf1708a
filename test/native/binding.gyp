{
  'targets': [
    {
      # The addon with FreeBSD's device behind it.
      'target_name': 'hv_kvp_twin',
      'includes': ['../../native/addon.gypi'],
      'sources': ['twin/device.cc', 'twin/system_calls.cc'],
      'include_dirs+': ['twin'],
    },
    {
      # The addon's core against that device, without Node.
      'target_name': 'twin_rows',
      'type': 'executable',
      'sources': [
        '../../native/message_channel.cc',
        '../../native/seqpacket.cc',
        'twin/device.cc',
        'twin/far_end.cc',
        'twin/rows.cc',
        'twin/system_calls.cc',
      ],
      'include_dirs': ['../../native', 'twin'],
      'cflags': ['-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-Werror'],
      'cflags_cc': ['-std=c++17'],
      'cflags_cc!': ['-std=gnu++17', '-std=gnu++20'],
      'libraries': ['-lpthread'],
    },
  ],
}
