/* Dates in Uzbek pages: moment.js calls the Cyrillic script `uz` and the Latin one `uz-latn`. */
(function () {
  "use strict";
  if (!window.moment) {
    return;
  }
  const NAMES = { uz: "uz-latn", "uz-Cyrl": "uz" };
  const choose = window.moment.locale;
  window.moment.locale = function (name, ...rest) {
    return choose.call(window.moment, NAMES[name] || name, ...rest);
  };
})();
