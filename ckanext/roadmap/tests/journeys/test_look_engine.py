from ckanext.roadmap import jobs
from .test_versions import mapping, chain, Chain, Mapping, Reader, pytest, model, Run

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_look(mapping, chain, reader):
    jobs.load_mapping(mapping.id)
    ids = [r.id for r in model.Session.scalars(Run.newest())]
    for lang in ("uz", "ru"):
        reader.lang = lang
        page = reader.visit(f"/compliance/runs")
        page.screenshot(path=f"/tmp/eng/runs-{lang}.png", full_page=True)
        for n, id in enumerate(ids):
            page = reader.visit(f"/compliance/run/{id}")
            page.screenshot(path=f"/tmp/eng/run-{lang}-{n}.png", full_page=True)
