#pragma once
// Text about a person goes into events as theirs: sealed with their key, gone when that is.

#include "core/kernel/context.hpp"
#include "events/catalog/sealed_form.hpp"

#include <optional>
#include <string>

namespace core {

inline events::personal about(member_id of, std::string text) { return {of, std::move(text), events::personal::form::clear}; }

inline std::optional<events::personal> about(member_id of, const std::optional<std::string>& text) {
    return text ? std::optional(about(of, *text)) : std::nullopt;
}

inline events::sealed_extras about(member_id of, const events::form_extras& given) {
    events::sealed_extras sealed{given.form, {}, {}};
    for (const auto& f : given.fields) sealed.fields.push_back({f.name, about(of, f.text)});
    for (const auto& a : given.attachments) sealed.attachments.push_back({a.sha256, about(of, a.name), a.media_type, a.bytes});
    return sealed;
}

}  // namespace core
