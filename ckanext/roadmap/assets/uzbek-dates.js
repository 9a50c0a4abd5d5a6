/* Dates of Uzbek pages. moment.js calls the Cyrillic script `uz` and the Latin one `uz-latn`;
 * on this portal `uz` is Latin and `uz_Cyrl` Cyrillic, so its locales get those names. */
(function () {
  "use strict";
  const moment = window.moment;
  if (!moment) {
    return;
  }
  const current = moment.locale();
  const { _config: latin } = moment.localeData("uz-latn");
  const { _config: cyrillic } = moment.localeData("uz");
  moment.defineLocale("uz-cyrl", Object.assign({}, cyrillic));
  moment.updateLocale("uz", Object.assign({}, latin));
  moment.locale(current);
})();
