#include "clients/cli/commands/form_views.hpp"

#include "clients/cli/labels.hpp"
#include "clients/cli/schema/said.hpp"
#include "clients/cli/table.hpp"
#include "clients/cli/when.hpp"
#include "clients/cli/width.hpp"

#include <algorithm>

namespace cli {
namespace {

/// By whichever form has it now; its name where none has.
std::string name_of_added(context& about, const std::string& name) {
    for (const auto& form : about.forms())
        for (const auto& f : list_at(form, "fields"))
            if (text_at(f, "name") == name) return text_at(at_or_null(f, "label"), about.with.zh() ? "zh" : "en");
    return name;
}

}  // namespace

std::string added_to_form(context& about, const json& form) {
    const auto& extras = at_or_null(form, "extras");
    std::string out;
    const auto add = [&](const std::string& line) {
        if (!line.empty()) out += (out.empty() ? "" : "\n") + line;
    };
    for (const auto& f : list_at(extras, "fields"))
        add(name_of_added(about, text_at(f, "name")) + about.say({"：", ": "}) + personal_text(at_or_null(f, "text"), about.with.language));
    static const described_field attachments{.name = "attachments", .is = shape::files};
    add(said_of({about.with.language, {}}, attachments, list_at(extras, "attachments")));
    return out;
}

std::string section_heading(const context& about, const std::string& title, const std::string& rest) {
    return "\n" + painted(on_one_line(title), paint::bold, about.with.color) +
           (rest.empty() ? "" : painted(on_one_line(" · " + rest), paint::dim, about.with.color)) + "\n";
}

std::string indented(const std::string& lines, int by) {
    std::string out;
    for (std::size_t from = 0; from < lines.size();) {
        const auto end = std::min(lines.find('\n', from), lines.size());
        out += std::string(static_cast<std::size_t>(by), ' ') + lines.substr(from, end - from) + "\n";
        from = end + 1;
    }
    return out;
}

std::string who_and_when(context& about, const json& event) { return doer_of(about, event) + " · " + shown_time(text_at(event, "time")); }

}  // namespace cli
