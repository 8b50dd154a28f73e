"""The schema of OAI-PMH 2.0 (OAI-PMH.xsd) and of its Dublin Core (oai_dc.xsd), with what of them our answers use."""

from typing import Any, Final

from lxml import etree

OAI: Final = "http://www.openarchives.org/OAI/2.0/"
MOMENT: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
PROTOCOL: Final = f"""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{OAI}" targetNamespace="{OAI}"
    elementFormDefault="qualified">
  <xs:element name="OAI-PMH"><xs:complexType><xs:sequence>
    <xs:element name="responseDate" type="moment"/>
    <xs:element name="request"><xs:complexType><xs:simpleContent><xs:extension base="xs:anyURI">
      <xs:attribute name="verb" type="verb"/>
      <xs:attribute name="identifier" type="xs:anyURI"/>
      <xs:attribute name="metadataPrefix" type="prefix"/>
      <xs:attribute name="from" type="day_or_moment"/>
      <xs:attribute name="until" type="day_or_moment"/>
      <xs:attribute name="set" type="xs:string"/>
      <xs:attribute name="resumptionToken" type="xs:string"/>
    </xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:choice>
      <xs:element name="error" maxOccurs="unbounded"><xs:complexType><xs:simpleContent>
        <xs:extension base="xs:string"><xs:attribute name="code" type="code" use="required"/></xs:extension>
      </xs:simpleContent></xs:complexType></xs:element>
      <xs:element name="Identify"><xs:complexType><xs:sequence>
        <xs:element name="repositoryName" type="xs:string"/>
        <xs:element name="baseURL" type="xs:anyURI"/>
        <xs:element name="protocolVersion" fixed="2.0"/>
        <xs:element name="adminEmail" maxOccurs="unbounded"><xs:simpleType><xs:restriction base="xs:string">
          <xs:pattern value="\\S+@(\\S+\\.)+\\S+"/></xs:restriction></xs:simpleType></xs:element>
        <xs:element name="earliestDatestamp" type="moment"/>
        <xs:element name="deletedRecord"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="no"/><xs:enumeration value="persistent"/><xs:enumeration value="transient"/>
        </xs:restriction></xs:simpleType></xs:element>
        <xs:element name="granularity" fixed="YYYY-MM-DDThh:mm:ssZ"/>
        <xs:element name="description" type="anything" minOccurs="0" maxOccurs="unbounded"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="ListMetadataFormats"><xs:complexType><xs:sequence>
        <xs:element name="metadataFormat" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="metadataPrefix" type="prefix"/>
          <xs:element name="schema" type="xs:anyURI"/>
          <xs:element name="metadataNamespace" type="xs:anyURI"/>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="ListSets"><xs:complexType><xs:sequence>
        <xs:element name="set" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="setSpec" type="spec"/>
          <xs:element name="setName" type="xs:string"/>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element name="resumptionToken" type="token" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="GetRecord"><xs:complexType><xs:sequence>
        <xs:element name="record" type="record"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="ListIdentifiers"><xs:complexType><xs:sequence>
        <xs:element name="header" type="header" maxOccurs="unbounded"/>
        <xs:element name="resumptionToken" type="token" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="ListRecords"><xs:complexType><xs:sequence>
        <xs:element name="record" type="record" maxOccurs="unbounded"/>
        <xs:element name="resumptionToken" type="token" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:choice>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="record"><xs:sequence>
    <xs:element name="header" type="header"/>
    <xs:element name="metadata" type="anything" minOccurs="0"/>
  </xs:sequence></xs:complexType>
  <xs:complexType name="header"><xs:sequence>
    <xs:element name="identifier" type="xs:anyURI"/>
    <xs:element name="datestamp" type="moment"/>
    <xs:element name="setSpec" type="spec" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence><xs:attribute name="status" fixed="deleted"/></xs:complexType>
  <xs:complexType name="token"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="expirationDate" type="xs:dateTime"/>
    <xs:attribute name="completeListSize" type="xs:positiveInteger"/>
    <xs:attribute name="cursor" type="xs:nonNegativeInteger"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="anything"><xs:sequence><xs:any namespace="##other" processContents="lax"/></xs:sequence>
  </xs:complexType>
  <xs:simpleType name="moment"><xs:restriction base="xs:dateTime"><xs:pattern value="{MOMENT}"/></xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="day_or_moment"><xs:union memberTypes="xs:date moment"/></xs:simpleType>
  <xs:simpleType name="verb"><xs:restriction base="xs:string">
    <xs:enumeration value="Identify"/><xs:enumeration value="ListMetadataFormats"/>
    <xs:enumeration value="ListSets"/><xs:enumeration value="GetRecord"/>
    <xs:enumeration value="ListIdentifiers"/><xs:enumeration value="ListRecords"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="code"><xs:restriction base="xs:string">
    <xs:enumeration value="cannotDisseminateFormat"/><xs:enumeration value="idDoesNotExist"/>
    <xs:enumeration value="badArgument"/><xs:enumeration value="badVerb"/>
    <xs:enumeration value="noMetadataFormats"/><xs:enumeration value="noRecordsMatch"/>
    <xs:enumeration value="badResumptionToken"/><xs:enumeration value="noSetHierarchy"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="prefix"><xs:restriction base="xs:string">
    <xs:pattern value="[A-Za-z0-9\\-_\\.!~\\*'\\(\\)]+"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="spec"><xs:restriction base="xs:string">
    <xs:pattern value="([A-Za-z0-9\\-_\\.!~\\*'\\(\\)])+(:[A-Za-z0-9\\-_\\.!~\\*'\\(\\)]+)*"/></xs:restriction>
  </xs:simpleType>
</xs:schema>
"""
DC_NAMES: Final = (
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier",
    "source", "language", "relation", "coverage", "rights",
)  # fmt: skip
OAI_DC: Final = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
QUALIFIED: Final = "{http://dspace.org/qualifieddc/}qualifieddc"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
TERMS: Final = "{http://purl.org/dc/terms/}"
TERM_NAMES: Final = ("abstract", "created", "issued", "modified", "spatial")
_SCHEMA = etree.XMLSchema(etree.fromstring(PROTOCOL))


def violations(root: Any) -> list[str]:
    """Return what in an answer is not as the protocol has it; empty is good."""
    found = [] if _SCHEMA.validate(root) else [str(error) for error in _SCHEMA.error_log]  # type: ignore[attr-defined]
    for metadata in root.iter(f"{{{OAI}}}metadata"):
        for place in metadata:
            found += [] if place.tag in (OAI_DC, QUALIFIED) else [f"not Dublin Core: {place.tag}"]
            allowed = {DC + name for name in DC_NAMES}
            allowed |= {TERMS + name for name in TERM_NAMES} if place.tag == QUALIFIED else set()
            found += [f"no element of Dublin Core: {each.tag}" for each in place if each.tag not in allowed]
            found += [f"an empty {each.tag}" for each in place if not each.text]
    return found
