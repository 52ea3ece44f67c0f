// Every field of every described command: what holds what it may passes, and one step beyond is refused, at its place.

#include "core/kernel/field_fault.hpp"
#include "tests/support/each_kind.hpp"
#include "tests/support/given.hpp"

namespace core_field_bounds_tests {

using namespace opsroom_test;
using core::bounds::fault_in;
using events::field;
using events::field_type;

namespace {

const std::vector<core::member_id> active{lin.id, mei.id, wei.id, na.id, zhou.id, ada.id, aud.id, tech_manager.id, requester.id};

template <events::described_struct T>
void fit(T& value);

/// As many of them as there have to be at least.
std::size_t least_of(const field& f) { return static_cast<std::size_t>(f.least_allowed); }

template <class T>
void fit_one(T& value, const field& f) {
    if constexpr (events::is_optional<T>) value.reset();
    else if constexpr (std::is_same_v<T, std::string>) value = f.is == field_type::hash ? std::string(64, 'a') : "x";
    else if constexpr (std::is_base_of_v<events::personal, T>) value.text = "x";
    else if constexpr (std::is_same_v<T, events::bilingual>) value = {"x", "x"};
    else if constexpr (std::is_same_v<T, events::department> || std::is_same_v<T, events::role>) value = {"x"};
    else if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T>) value = T{};
    else if constexpr (std::is_integral_v<T>) value = static_cast<T>(f.least_allowed);
    else if constexpr (std::is_same_v<T, core::date>) value = today;
    else if constexpr (std::is_same_v<T, core::member_id>) value = wei.id;
    else if constexpr (std::is_same_v<T, std::vector<core::member_id>>) value.assign(active.begin(), active.begin() + f.least_allowed);
    else if constexpr (std::is_same_v<T, std::vector<std::string>>)
        for (std::size_t i = 0; i < least_of(f); ++i) value.push_back("x" + std::to_string(i));
    else if constexpr (events::detail::is_vector<T>) {
        value.resize(least_of(f));
        if constexpr (events::described_struct<typename T::value_type>)
            for (auto& one : value) fit(one);
    } else if constexpr (events::described_struct<T>) fit(value);
}

/// What holds what its description asks for, and as little of it as may be.
template <events::described_struct T>
void fit(T& value) {
    std::size_t i = 0;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) { fit_one(value.*d.pointer, events::fields<T>[i++]); });
}

/// Goes to every field of `root` and says what is wrong with it when it holds one thing more, or less, than it may.
template <class Root>
class beyond {
public:
    explicit beyond(std::string_view type) : type_(type) { fit(root_); }

    std::size_t all() {
        const auto fault = fault_in(root_, by_);
        INFO(type_ << (fault ? ": " + fault->place : ""));
        CHECK(!fault);
        each(root_, "", false);
        return tried_;
    }

private:
    template <class T>
    void each(T& at, const std::string& place, bool unfinished) {
        std::size_t i = 0;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
            const auto n = i++;
            const auto& f = events::fields<T>[n];
            if (f.hidden) return;
            auto& value = at.*d.pointer;
            const auto here = place + (place.empty() ? "" : "/") + d.name;
            const auto& told = core::field_refusals<T>()[n];
            check_words(f, told);
            if constexpr (events::is_optional<std::remove_cvref_t<decltype(value)>>) {
                value.emplace();
                fit_one(*value, f);
                one(*value, f, here, told, false, unfinished);
                value.reset();
            } else {
                one(value, f, here, told, !unfinished || f.from_the_start, unfinished);
            }
        });
    }

    template <class T>
    void one(T& value, const field& f, const std::string& here, const core::field_refusal& told, bool required, bool unfinished) {
        const auto most = static_cast<std::size_t>(f.most_allowed);
        if constexpr (std::is_same_v<T, std::string>) {
            if (required && !f.empty_allowed) refused(value, std::string(" "), here, told);
            if (f.is == field_type::hash) return refused(value, std::string(63, 'a'), here, told);
            if (f.is == field_type::line) refused(value, std::string("x\ny"), here, told);
            if (f.is == field_type::code) refused(value, std::string("x y"), here, told);
            REQUIRE(most > 0);
            refused(value, std::string(most + 1, 'x'), here, told);
            passes(value, std::string(most, 'x'));
        } else if constexpr (std::is_same_v<T, events::department> || std::is_same_v<T, events::role>) {
            if (required) refused(value, T{}, here, told);
            refused(value, T{"x y"}, here, told);
            refused(value, T{std::string(events::code_bytes_max + 1, 'x')}, here, told);
            passes(value, T{std::string(events::code_bytes_max, 'x')});
        } else if constexpr (std::is_same_v<T, core::member_id>) {
            if (!f.anybody) refused(value, gone.id, here, told);
        } else if constexpr (std::is_same_v<T, std::vector<core::member_id>>) {
            refused(value, {wei.id, wei.id}, here, told);
            if (!f.anybody) refused(value, {gone.id}, here, told);
            if (f.least_allowed > 0 && required) refused(value, {}, here, told);
        } else if constexpr (std::is_same_v<T, core::date>) {
            refused(value, core::date{2026y / 2 / 30}, here, told);
        } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
            constexpr auto top = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
            if (f.least_allowed > 0 && required) refused(value, static_cast<T>(f.least_allowed - 1), here, told);
            if (most > 0 && most < top) refused(value, static_cast<T>(most + 1), here, told);
            if (most > 0 && most <= top) passes(value, static_cast<T>(most));
        } else if constexpr (events::detail::is_vector<T>) {
            if (f.least_allowed > 0 && required) refused(value, T{}, here, told);
            if (most > 0) refused(value, T(most + 1), here, told);
            if constexpr (std::is_same_v<T, std::vector<events::role>>) refused(value, T{{"x y"}}, here, told);
        } else if constexpr (events::described_struct<T>) {
            each(value, here, unfinished || f.unfinished);
        }
    }

    template <class T>
    void refused(T& value, T with, const std::string& here, const core::field_refusal& told) {
        const auto before = std::exchange(value, std::move(with));
        const auto fault = fault_in(root_, by_);
        INFO(type_ << " " << here);
        CHECK(fault);
        if (fault) CHECK(fault->place == here);
        if (fault) CHECK(fault->why == &told.why());
        value = before;
        ++tried_;
    }
    template <class T>
    void passes(T& value, T with) {
        const auto before = std::exchange(value, std::move(with));
        const auto fault = fault_in(root_, by_);
        INFO(type_ << (fault ? " " + fault->place : ""));
        CHECK(!fault);
        value = before;
        ++tried_;
    }

    void check_words(const field& f, const core::field_refusal& told) const {
        INFO(type_ << " " << f.name);
        CHECK(told.why().is == core::obstacle::field);
        CHECK(told.why().field == f.name);
        CHECK(told.why().zh.starts_with(f.label.zh));
        CHECK(told.why().en.starts_with(f.label.en));
        CHECK(told.why().zh.ends_with("。"));
        CHECK(told.why().en.ends_with("."));
    }

    std::string type_;
    Root root_{};
    core::context by_ = as(lin);
    std::size_t tried_ = 0;
};

}  // namespace

TEST_CASE("fields: of every described command, what is one beyond its bounds is refused at its place, and what is at them is not", "[core][S1.3.1][table]") {
    std::size_t tried = 0;
    each_aggregate([&]<class A>(boost::mp11::mp_identity<A>) {
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename A::command>>([&]<class C>(boost::mp11::mp_identity<C>) {
            if constexpr (events::described_struct<C>) tried += beyond<C>(C::type).all();
        });
    });
    CHECK(tried > 300);
}

}  // namespace core_field_bounds_tests
