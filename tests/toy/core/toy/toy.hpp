#pragma once
// A toy that is lent to people (events/catalog/toy.hpp).
//
//   absent -make-> shelved -lend-> lent -give_back-> shelved

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/toy.hpp"

#include <array>
#include <string>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(toy_status, (absent, "尚无", "Not made"), (shelved, "在架", "On the shelf", good), (lent, "已借出", "Lent", active))

BOOST_DEFINE_ENUM_CLASS(toy_rejection, not_found, already_exists, inactive, not_keeper, not_borrower, not_shelved, not_lent, bad_extras)

struct toy {
    static constexpr auto category = events::toy::category;
    static constexpr events::kind_words says{{"玩具", "Toy"}, {"玩具", "Toys"}, "S1.3.5"};
    static constexpr std::array forms{events::form_words{"toy", {"玩具登记表", "Toy"}}};
    static constexpr std::array sections{events::section_words{"toy", {"玩具", "Toy"}}};
    static constexpr std::array usual_path{toy_status::shelved, toy_status::lent};
    using status = toy_status;
    using rejection = toy_rejection;
    using event = events::toy::any;

    struct state {
        toy_status is = toy_status::absent;
        std::uint32_t flow = 1;
        std::string name;
        events::toy::material material{};
        events::department department;
        member_id keeper;
        member_id borrower;
        bool operator==(const state&) const = default;
    };

    struct make {
        static constexpr std::string_view type = "toy.make";
        static constexpr bool creates = true;
        static constexpr events::command_words says{.label = {"登记玩具", "Make a toy"}};
        events::toy::form form;
    };
    struct lend {
        static constexpr std::string_view type = "toy.lend";
        static constexpr events::command_words says{.label = {"借出", "Lend"}};
        member_id to;
    };
    struct give_back {
        static constexpr std::string_view type = "toy.give_back";
        static constexpr events::command_words says{.label = {"归还", "Give back"}};
        std::string remark;
    };
    /// By the system, when its keeper leaves.
    struct hand_over {
        static constexpr std::string_view type = "toy.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<make, lend, give_back, hand_over>;

    static decision<toy> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    static constexpr flow::relations anyone = 1;
    static constexpr flow::relations keeper = 2;
    static constexpr flow::relations borrower = 4;
    static constexpr std::array<std::string_view, 3> relation_names{"anyone", "keeper", "borrower"};
    static constexpr std::array<events::wording, 3> relation_words{{{"任何人", "Anyone"}, {"保管人", "Keeper"}, {"借用人", "Borrower"}}};
    using row = flow::row<toy_status, toy_rejection>;
    static const std::array<row, 4> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status) { return asked.not_now; }
    static section section_of(const event& happened);
    static std::string text_of(const event& happened);
};

// clang-format off
OPSROOM_DESCRIBE(toy::state,
    (is, hidden()), (flow, hidden()),
    (name, line("名称", "Name")),
    (material, choice("材质", "Material")),
    (department, department("部门", "Department")),
    (keeper, person("保管人", "Keeper")),
    (borrower, person("借用人", "Borrower")))
// clang-format on
OPSROOM_DESCRIBE(toy::make, (form, group("玩具", "Toy")))
OPSROOM_DESCRIBE(toy::lend, (to, person("借用人", "Borrower")))
OPSROOM_DESCRIBE(toy::give_back, (remark, remark("完好情况", "Condition").example("完好", "As new")))
OPSROOM_DESCRIBE(toy::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

// What every kind says of its entities (core/kernel/decider.hpp).
bool may_see(const toy::state& of, const context& by);
std::string name_of(const toy::state& of);
bool is_work_of(const toy::state& of, member_id who);
bool is_own(const toy::state& of, member_id who);

}  // namespace core
