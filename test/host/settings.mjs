// User settings of a test profile: nothing on the screen but the code, nothing over the network.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

export const quietSettings = {
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "remote.autoForwardPorts": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** Writes the settings where desktop VS Code (`User`) and the npm host (`data/User`) each look for them. */
export function writeUserSettings(userDataDir, settings = quietSettings) {
  for (const folder of ["User", path.join("data", "User")]) {
    mkdirSync(path.join(userDataDir, folder), { recursive: true });
    writeFileSync(
      path.join(userDataDir, folder, "settings.json"),
      `${JSON.stringify(settings, null, 2)}\n`,
    );
  }
}
