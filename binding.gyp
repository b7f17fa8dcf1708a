{
  'targets': [
    {
      'target_name': 'hv_kvp',
      'includes': ['native/addon.gypi'],
      'sources': ['native/system_calls.cc'],
    },
    {
      'target_name': 'launcher',
      'type': 'executable',
      'sources': ['native/launcher.cc'],
      'include_dirs': ['native/<(OS)'],
      'cflags': ['-Wall', '-Wextra', '-Wconversion', '-Wshadow'],
      'cflags_cc': ['-std=c++17'],
      'cflags_cc!': ['-std=gnu++17', '-std=gnu++20'],
    },
  ],
}
