{
  # Losers of docs/decisions/0008-native-or-javascript.md: built for the benchmark "paths", never installed.
  'targets': [
    {
      'target_name': 'paths',
      'sources': ['addon.cc', 'codec.cc'],
      'defines': ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
      'include_dirs': ['../../native', '../../native/<(OS)'],
      'cflags': [
        '-Wall',
        '-Wextra',
        '-Wconversion',
        '-Wshadow',
        '-Werror',
        '-fvisibility=hidden',
        '-isystem',
        '\'<!(node -p "require(\'node:path\').dirname(require.resolve(\'node-addon-api\'))")\'',
      ],
      'cflags_cc': ['-std=c++17'],
      'cflags_cc!': ['-std=gnu++17', '-std=gnu++20'],
    },
  ],
}
