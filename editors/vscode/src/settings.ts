/**
 * The settings, as a person may have written them: what makes no sense is taken as left out.
 */

import type { MeterSettings } from "tokimeter";
import type { Currency } from "tokimeter/models";
import { type ConfigurationScope, ConfigurationTarget, type TextDocument, workspace } from "vscode";

/** The section of all settings. */
export const SECTION = "tokimeter";

/** How a text is counted. */
export interface Settings {
  readonly model: string;
  readonly meter: MeterSettings;
  /** Whether what does not fit is marked. */
  readonly marksOverLimit: boolean;
}

const DEFAULT_MODEL = "gpt-5.2";
const CURRENCIES: readonly Currency[] = ["USD", "CNY"];
const MOST_TOKENS = 0xffff_ffff;

/** Returns the settings for a document or folder, or for everywhere. */
export function settingsFor(scope?: ConfigurationScope): Settings {
  const settings = workspace.getConfiguration(SECTION, scope);
  const model = settings.get<unknown>("model");
  const near = settings.get<unknown>("near");
  const currency = CURRENCIES.find((each) => each === settings.get<unknown>("currency"));
  return {
    model: typeof model === "string" && model.trim() !== "" ? model.trim() : DEFAULT_MODEL,
    meter: {
      context: tokens(settings.get<unknown>("context")),
      reserveOutput: tokens(settings.get<unknown>("reserveOutput")),
      near: typeof near === "number" && near >= 0 && near <= 1 ? near : 0.8,
      ...(currency && { currency }),
    },
    marksOverLimit: settings.get<unknown>("overLimitDecoration") !== false,
  };
}

/** Returns whether a document is counted. */
export function isCounted(document: TextDocument): boolean {
  // The output of programs is nobody's prompt, and moves all the time.
  if (document.uri.scheme === "output") return false;
  const languages = workspace.getConfiguration(SECTION, document.uri).get<unknown>("enabledLanguages");
  return !Array.isArray(languages) || languages.includes("*") || languages.includes(document.languageId);
}

/** Sets the model where it was set before, else for all of the person's windows. */
export async function setModel(model: string, document: TextDocument | undefined): Promise<void> {
  const settings = workspace.getConfiguration(SECTION, document);
  const set = settings.inspect<string>("model");
  const inLanguage =
    set?.workspaceFolderLanguageValue ?? set?.workspaceLanguageValue ?? set?.globalLanguageValue;
  const inFolder = set?.workspaceFolderLanguageValue ?? set?.workspaceFolderValue;
  const inWorkspace = set?.workspaceLanguageValue ?? set?.workspaceValue;
  const target =
    inFolder !== undefined
      ? ConfigurationTarget.WorkspaceFolder
      : inWorkspace !== undefined
        ? ConfigurationTarget.Workspace
        : ConfigurationTarget.Global;
  await settings.update("model", model, target, inLanguage !== undefined);
}

function tokens(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= MOST_TOKENS
    ? value
    : 0;
}
