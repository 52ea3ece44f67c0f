#include "server/wire/schema/schema.hpp"

#include "core/kernel/context.hpp"
#include "server/wire/json_object.hpp"
#include "server/wire/schema/kind_schema.hpp"

namespace server::wire {
namespace {

void put_kinds(json_object& o, const core::context& by) {
    auto& out = o.name("kinds");
    out += '[';
    events::each_category([&](events::category c) {
        if (out.back() != '[') out += ',';
        schema_of(c).write(out, by);
    });
    out += ']';
}

}  // namespace

reading schema_document(const documents& from, events::member_id who) {
    return from.with_reader(who, [&](const core::views::views& v, events::position, const core::context& by) -> reading {
        const auto* defined = v.of<core::definitions>().row(1);
        document d{{}, defined ? defined->changed : events::position{}};
        {
            json_object o(d.body);
            o.put("position", d.at);
            put_kinds(o, by);
        }
        d.moves = true;  // another version of the server has another
        return d;
    });
}

std::string schema_as_written() {
    class nobody final : public core::roster {
        const core::person* find(core::member_id) const override { return nullptr; }
        core::member_id with_login(std::string_view) const override { return {}; }
        void each_active(const std::function<bool(const core::person&)>&) const override {}
        void each_manager(const std::function<bool(const core::person&)>&) const override {}
        bool has_had_leader() const override { return false; }
    };
    const nobody none;
    std::string out;
    {
        json_object o(out);
        o.put("position", events::position{});
        put_kinds(o, {events::instant{}, events::date{}, nullptr, 0, &none});
    }
    return out;
}

}  // namespace server::wire
