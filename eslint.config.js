import importX from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { rooms } from './scripts/rooms.mjs';

const zones = Object.entries(rooms).flatMap(([room, rooms]) =>
  rooms.filter((from) => from !== room).map((from) => ({ target: `./src/${room}`, from: `./src/${from}` })),
);

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
      // A promise that nobody awaits has an end that says what went wrong.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-extraneous-dependencies': 'error',
      'import-x/no-restricted-paths': [
        'error',
        {
          zones,
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // What is skipped says why: by test/support/needs.ts.
      'no-restricted-properties': ['error', ...['skipIf', 'runIf'].map((property) => ({ property }))],
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
