import { configurationWarnings } from '../../configuration/warnings.ts';
import type { Check } from './check.ts';
import { advice, ok, problem } from './finding.ts';

/** Whether the configuration can be used. All other checks go on with the defaults if not. */
export const configuration: Check = {
  name: 'configuration',
  needs: ['hypervisor'],
  async examine({ settings, machine, configurationTrouble }) {
    if (configurationTrouble !== '') {
      return problem(
        `invalid; the checks below use the defaults: ${configurationTrouble.replaceAll('\n', '; ')}`,
        'correct it and check it: hv_kvp_daemon --check-config',
      );
    }
    const warnings = await configurationWarnings(settings, machine);
    if (warnings.length > 0) return advice(warnings.join('; '), 'see: hvkvp config');
    return ok(
      settings.configuration === ''
        ? `there is no ${settings.platform.configurationPath}: the defaults`
        : `${settings.configuration} can be used`,
    );
  },
};
