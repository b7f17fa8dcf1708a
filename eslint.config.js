import importX from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Forbids imports that run against the direction
 * bin → daemon, command-line → commands → doctor → configuration;
 * daemon, commands → operations → auto-keys, pools, ip-information → message, platform, device;
 * daemon, commands, doctor → control → statistics.
 * @param {string} target
 * @param {string[]} from
 */
function mayNotImport(target, from) {
  return from.map((folder) => ({ target: `./src/${target}`, from: `./src/${folder}` }));
}

const entrances = ['bin', 'command-line', 'commands', 'daemon', 'doctor', 'configuration'];
const subjects = ['auto-keys', 'pools', 'ip-information'];

export default defineConfig(
  globalIgnores(['**/build/', 'dist/', 'node_modules/', 'coverage/']),
  {
    files: ['**/*.{ts,js,mjs}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver': { typescript: true } },
    rules: {
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', 'TSEnumDeclaration', 'TSModuleDeclaration', 'TSParameterProperty'],
      'no-restricted-imports': ['error', { paths: ['fs', 'path', 'os', 'child_process'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-extraneous-dependencies': 'error',
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: [
            ...mayNotImport('message', [...entrances, ...subjects, 'device', 'operations', 'platform', 'simulator']),
            ...mayNotImport('platform', [...entrances, ...subjects, 'operations', 'simulator']),
            ...mayNotImport('device', [...entrances, ...subjects, 'operations', 'simulator']),
            ...subjects.flatMap((room) => mayNotImport(room, [...entrances, 'operations', 'simulator'])),
            ...mayNotImport('statistics', [...entrances, 'control', 'operations', 'platform', 'device', 'simulator']),
            ...mayNotImport('control', [...entrances, ...subjects, 'operations', 'simulator']),
            ...mayNotImport('operations', [...entrances, 'simulator']),
            ...mayNotImport('configuration', [
              'bin',
              'command-line',
              'commands',
              'daemon',
              'doctor',
              'operations',
              'simulator',
            ]),
            ...mayNotImport('daemon', ['bin', 'command-line', 'commands', 'doctor', 'simulator']),
            ...mayNotImport('doctor', ['bin', 'command-line', 'commands', 'daemon', 'operations', 'simulator']),
            ...mayNotImport('simulator', entrances),
            ...mayNotImport('commands', ['bin', 'command-line', 'daemon']),
            ...mayNotImport('command-line', ['bin', 'daemon']),
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.config.{ts,js}'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
);
