// @ts-check
/** Chooses a folder in Firefox, whose own window for that a test cannot reach: all behind it is Firefox's, and so is the question after it. */

import { behind } from "./firefox.mjs";

/** From now on whoever asks for a folder is given this one. @param {import("playwright-core").Page} page @param {string} path */
export const pickFolder = (page, path) => behind(page, answerInFirefox, { path });

/** Runs in Firefox. @param {{ path: string }} folder */
function answerInFirefox({ path }) {
  const { ChromeUtils, Components, Cc, Ci, Services, answered } = /** @type {any} */ (globalThis);
  Object.assign(globalThis, { answered: path });
  if (answered) return;
  const only = (/** @type {string} */ name) => ChromeUtils.generateQI([name]);
  const picker = {
    QueryInterface: only("nsIFilePicker"),
    init() {},
    appendFilters() {},
    open(/** @type {any} */ callback) {
      Services.tm.dispatchToMainThread(() => callback.done(Ci.nsIFilePicker.returnOK));
    },
    get file() {
      const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
      file.initWithPath(/** @type {any} */ (globalThis).answered);
      return file;
    },
  };
  Components.manager
    .QueryInterface(Ci.nsIComponentRegistrar)
    .registerFactory(Components.ID(Services.uuid.generateUUID()), "", "@mozilla.org/filepicker;1", {
      QueryInterface: only("nsIFactory"),
      createInstance: () => picker,
    });
  // Whether the files of the folder may be handed to the page: yes, as soon as that can be said.
  Services.obs.addObserver((/** @type {any} */ question) => {
    const trying = setInterval(() => {
      if (question.closed) clearInterval(trying);
      else question.document.getElementById("commonDialog").acceptDialog();
    }, 50);
  }, "common-dialog-loaded");
}
