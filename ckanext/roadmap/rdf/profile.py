"""DCAT-AP 3 with what the passport and the approved list add to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rdflib import DCAT, DCTERMS, RDF, SKOS, BNode, Literal, URIRef

import ckan.plugins.toolkit as tk

from ckanext.dcat.profiles import EuropeanDCATAP3Profile
from ckanext.dcat.profiles.base import VCARD
from ckanext.roadmap.domain.region import region_of
from ckanext.roadmap.presentation import dcat_terms

MOST = 100


class RoadmapProfile(EuropeanDCATAP3Profile):
    """Titles in four languages, frequency, coverage, contact, and the law that makes publishing a duty."""

    def graph_from_dataset(self, dataset_dict: dict[str, Any], dataset_ref: URIRef) -> None:
        """Add to a dataset what the passport states and what it answers."""
        self._bind()
        titles = dataset_dict.get("title_translated")
        super().graph_from_dataset({**dataset_dict, "title_translated": _tagged(titles)}, dataset_ref)
        self._frequency(dataset_dict, dataset_ref)
        self._coverage(dataset_dict, dataset_ref)
        self._telephone(dataset_dict, dataset_ref)
        self._legislation(dataset_dict, dataset_ref)

    def _bind(self) -> None:
        for prefix, namespace in (("dcatap", dcat_terms.DCATAP), ("eli", dcat_terms.ELI)):
            self.g.bind(prefix, namespace)

    def _frequency(self, dataset: dict[str, Any], ref: URIRef) -> None:
        """By the European list, in place of our own word."""
        if dataset.get("frequency") in dcat_terms.FREQUENCIES:
            self.g.remove((ref, DCTERMS.accrualPeriodicity, None))
            dcat_terms.frequency(self.g, ref, dataset["frequency"])

    def _coverage(self, dataset: dict[str, Any], ref: URIRef) -> None:
        """The region by its SOATO code; without one, the country."""
        code = str(dataset.get("region") or "")
        place = URIRef(f"urn:soato:{code}") if region_of(code) else dcat_terms.COUNTRY
        self.g.add((ref, DCTERMS.spatial, place))
        self.g.add((place, RDF.type, DCTERMS.Location))
        if region_of(code):
            self.g.add((place, DCTERMS.identifier, Literal(code)))
            self.g.add((place, SKOS.notation, Literal(code)))

    def _telephone(self, dataset: dict[str, Any], ref: URIRef) -> None:
        """Beside name and e-mail, which the European profile has told."""
        number = str(dataset.get("contact_phone") or "").strip()
        if not number:
            return
        contact = self.g.value(ref, DCAT.contactPoint)
        if contact is None:
            contact = BNode()
            self.g.add((ref, DCAT.contactPoint, contact))
            self.g.add((contact, RDF.type, VCARD.Organization))
        digits = "".join(letter for letter in number if letter.isdigit() or letter == "+")
        self.g.add((contact, VCARD.hasTelephone, URIRef(f"tel:{digits}")))

    def _legislation(self, dataset: dict[str, Any], ref: URIRef) -> None:
        """The items of the approved list that the dataset answers."""
        asked = {"dataset": dataset["id"], "limit": MOST}
        try:
            found = tk.get_action("roadmap_publication_list")({"user": ""}, asked)["publications"]
        except (tk.ObjectNotFound, tk.NotAuthorized):
            return
        for link in found:
            item = link["obligation"]["item"]
            page = tk.url_for("roadmap_list.item", code=item["code"], qualified=True, locale="default")
            dcat_terms.legislation(
                self.g, ref, URIRef(page), item["code"], item["title"], item["legal_basis"]
            )


def _tagged(titles: Any) -> dict[str, str] | None:
    """Titles by the tags of languages that RDF knows; CKAN writes `uz_Cyrl`."""
    if not isinstance(titles, Mapping):
        return None
    return {dcat_terms.TAGS[lang]: text for lang, text in titles.items() if lang in dcat_terms.TAGS and text}
