import { buildExtension, buildPolicyModule } from './build-package.ts';
import { buildRpmPackages } from './rpm-packages.ts';
import { confinements, type Scenario } from './scenario.ts';
import type { Release } from './system/release.ts';

/** What a guest has from this machine. */
export interface Content {
  /** What is installed before it boots, in the words of `makeImage`. */
  readonly installed: readonly string[];
  /** Files for the checks, by the variables that name them. */
  readonly files: Readonly<Record<string, string>>;
}

/** Builds what a scenario needs besides our Debian package. */
export async function contentOf(release: Release, scenario: Scenario, file: string): Promise<Content> {
  const needed = release.needsStandalone ? ['libstdc++6'] : ['libstdc++6', 'nodejs'];
  const files = { PACKAGE: file };
  switch (scenario) {
    case 'stock':
      return { installed: ['hyperv-daemons', ...needed], files };
    case 'extension':
      return { installed: ['libstdc++6'], files: { EXTENSION: await buildExtension() } };
    case 'rpm': {
      const rpm = await buildRpmPackages();
      return {
        installed: ['rpm', 'dnf', ...needed, ...rpm.needed, rpm.ours],
        files: { PACKAGE: rpm.ours, NEWER_PACKAGE: rpm.newer, RPM_PACKAGES: rpm.folder },
      };
    }
    default: {
      const modules = scenario === 'selinux' ? [await buildPolicyModule()] : [];
      return { installed: [file, ...(confinements[scenario]?.packages ?? []), ...modules], files };
    }
  }
}
