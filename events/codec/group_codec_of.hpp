#pragma once
// The codec of one aggregate's events, made from their descriptions.

#include "events/codec/group_codec.hpp"
#include "events/codec/json_read.hpp"
#include "events/codec/json_write.hpp"
#include "events/codec/references.hpp"
#include "events/codec/texts.hpp"
#include "events/codec/upcast.hpp"

#include <array>

namespace events::codec {

template <group Group, class Event>
fault read_event(element data, any& out) {
    Event event{};
    if (auto wrong = read_json(data, event)) return wrong;
    out = to_newest<Group>(std::move(event));
    return {};
}

template <group Group>
class group_codec_of final : public group_codec {
    static const Group& in(const any& event) { return *event.get_if<Group>(); }

public:
    events::category category() const override { return category_of_group<Group>(); }
    std::span<const shape> shapes() const override {
        static constexpr auto all = []<class... Now, class... Then>(const std::variant<Now...>*, const std::tuple<Then...>*) {
            return std::array<shape, sizeof...(Now) + sizeof...(Then)>{shape{Now::type, &read_event<Group, Now>, false}..., shape{Then::type, &read_event<Group, Then>, true}...};
        }(static_cast<const Group*>(nullptr), static_cast<const retired<Group>*>(nullptr));
        return all;
    }
    void write(std::string& out, const any& event) const override {
        std::visit([&](const auto& e) { write_json(out, e); }, in(event));
    }
    void write(std::string& out, const any& event, const put_personal& put) const override {
        std::visit([&](const auto& e) { write_json(out, e, put); }, in(event));
    }
    bool has_personal(const any& event) const override {
        return std::visit([](const auto& e) { return codec::has_personal(e); }, in(event));
    }
    void each_personal(any& event, const std::function<void(personal&)>& visit) const override {
        std::visit([&](auto& e) {
            if constexpr (holds_personal<std::decay_t<decltype(e)>>()) for_each_personal(e, visit);
        }, *event.get_if<Group>());
    }
    void each_personal(const any& event, const std::function<void(const personal&)>& visit) const override {
        std::visit([&](const auto& e) {
            if constexpr (holds_personal<std::decay_t<decltype(e)>>()) for_each_personal(e, visit);
        }, in(event));
    }
    void each_person(const any& event, const std::function<void(member_id)>& visit) const override {
        auto copy = in(event);
        std::visit([&](auto& e) {
            for_each_id(e, [&]<class Id>(const Id& id) {
                if constexpr (std::is_same_v<Id, member_id>)
                    if (id) visit(id);
            });
        }, copy);
    }
    void each_text(const any& event, const std::function<void(std::string_view, const std::string&)>& visit) const override {
        std::visit([&](const auto& e) { for_each_text(e, {}, visit); }, in(event));
    }
};

}  // namespace events::codec
