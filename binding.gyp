{
  'targets': [
    {
      'target_name': 'hv_kvp',
      'includes': ['native/addon.gypi'],
      'sources': ['native/system_calls.cc'],
    },
  ],
}
