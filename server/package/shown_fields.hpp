#pragma once
// What an event says, for a page that people read: each field under its label, as the schema describes it.

#include "events/catalog/describe.hpp"
#include "events/catalog/stream.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace server::package {

using json = nlohmann::json;

std::string escaped(std::string_view text);

class shown_fields {
public:
    /// `name_of` gives names that may stand in HTML. Both outlive this.
    shown_fields(events::language l, const std::function<std::string(events::member_id)>& name_of) : l_(l), name_of_(name_of) {}

    /// HTML: a list of what is said in `data` of these fields; what is empty is left out.
    std::string all(const json& fields, const json& data) const;
    /// Of {"zh","en"}, in the page's language, as it may stand in HTML.
    std::string words(const json& both) const;

private:
    void add(std::string& out, const json& field, const json& value) const;
    std::string said(const json& field, const json& value) const;
    std::string one(const json& field, const std::string& is, const json& value) const;
    std::string say(std::string_view zh, std::string_view en) const { return std::string(l_ == events::language::zh ? zh : en); }

    events::language l_;
    const std::function<std::string(events::member_id)>& name_of_;
};

}  // namespace server::package
