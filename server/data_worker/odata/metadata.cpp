#include "server/data_worker/odata/metadata.hpp"

#include "server/data_worker/odata/page.hpp"

#include <fmt/format.h>

namespace data_worker::odata {
namespace {

/// As the value of an attribute; what XML can't have is left out.
std::string xml(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default:
                if (static_cast<unsigned char>(c) >= ' ') out += c;
                else if (c == '\n' || c == '\t') out += ' ';
        }
    }
    return out;
}

std::string facets(const property& p) {
    switch (p.is) {
        case kind::decimal: return fmt::format(" Precision=\"38\" Scale=\"{}\"", p.places);
        case kind::moment: return " Precision=\"6\"";
        default: return {};
    }
}

}  // namespace

std::string service_document(const std::vector<entity_set>& sets, const std::string& base) {
    std::string out = "{\"@odata.context\":";
    add_text(out, base + "/$metadata");
    out += ",\"value\":[";
    const char* between = "";
    for (const auto& s : sets) {
        out += between;
        out += "{\"name\":";
        add_text(out, s.name);
        out += ",\"kind\":\"EntitySet\",\"url\":";
        add_text(out, encoded(s.name));
        out += "}";
        between = ",";
    }
    return out + "]}";
}

std::string metadata_document(const std::vector<entity_set>& sets) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">\n"
        "<edmx:Reference Uri=\"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml\"><edmx:Include Namespace=\"Org.OData.Core.V1\" Alias=\"Core\"/></edmx:Reference>\n"
        "<edmx:DataServices>\n<Schema Namespace=\"opsroom\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n";
    for (const auto& s : sets) {
        out += fmt::format("<EntityType Name=\"{}_row\">\n<Key>", xml(s.name));
        for (const auto& p : s.properties)
            if (p.key) out += fmt::format("<PropertyRef Name=\"{}\"/>", xml(p.name));
        out += "</Key>\n";
        for (const auto& p : s.properties)
            out += fmt::format("<Property Name=\"{}\" Type=\"{}\"{}{}><Annotation Term=\"Core.Description\" String=\"{}\"/></Property>\n", xml(p.name), edm_name(p.is), p.nullable ? "" : " Nullable=\"false\"", facets(p),
                               xml(p.description));
        out += "</EntityType>\n";
    }
    // No type is called so: they all end in _row.
    out += "<EntityContainer Name=\"container\">\n";
    for (const auto& s : sets) out += fmt::format("<EntitySet Name=\"{0}\" EntityType=\"opsroom.{0}_row\"/>\n", xml(s.name));
    return out + "</EntityContainer>\n</Schema>\n</edmx:DataServices>\n</edmx:Edmx>\n";
}

}  // namespace data_worker::odata
