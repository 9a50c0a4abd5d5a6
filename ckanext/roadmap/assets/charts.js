/* Draws each chart of a page from the specification that stands in it; without scripts its table tells the same. */
(function () {
  'use strict';

  const options = {
    mode: 'vega-lite',
    renderer: 'svg',
    actions: false,
    ast: true, // expressions are interpreted, so that the portal may forbid eval
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  };

  function draw(place) {
    if (place.dataset.drawn) return;
    place.dataset.drawn = 'yes';
    const spec = JSON.parse(place.dataset.spec);
    if (place.clientWidth < 480) spec.config.legend.columns = 1;
    window.vegaEmbed(place, spec, options).catch(function (error) {
      place.hidden = true;
      console.error(error);
    });
  }

  function drawAll(root) {
    root.querySelectorAll('.roadmap-chart-picture[data-spec]').forEach(draw);
  }

  document.addEventListener('DOMContentLoaded', function () { drawAll(document); });
  document.addEventListener('htmx:load', function (event) { drawAll(event.detail.elt); });
  if (document.readyState !== 'loading') drawAll(document);
})();
