#include "core/definitions/written.hpp"

#include "core/kind.hpp"

namespace core::written {

const std::vector<written_flow>& flows() {
    static const auto all = [] {
        std::vector<written_flow> list;
        each_kind([&](const kind& one) { list.push_back(one.flow_as_written()); });
        return list;
    }();
    return all;
}

const written_flow* find_flow(std::string_view name) {
    for (const auto& f : flows())
        if (f.name == name) return &f;
    return nullptr;
}

const std::vector<written_form>& forms() {
    static const auto all = [] {
        std::vector<written_form> list;
        each_kind([&](const kind& one) {
            for (const auto& form : one.forms()) list.push_back({form.name, form.label.zh, form.label.en});
        });
        return list;
    }();
    return all;
}

bool is_form(std::string_view name) {
    for (const auto& f : forms())
        if (f.name == name) return true;
    return false;
}

}  // namespace core::written
