#pragma once
// A toy that is lent to people: a kind of document that no list of the program knows.

#include "events/catalog/describe.hpp"
#include "events/catalog/stream.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace events::toy {

inline constexpr auto category = static_cast<events::category>(static_cast<std::uint8_t>(events::newest_category) + 1);

OPSROOM_DEFINE_ENUM(material, (wood, "木", "Wood"), (cloth, "布", "Cloth"))

struct form {
    std::string name;
    toy::material material;
    std::string story;
    form_extras extras;
    bool operator==(const form&) const = default;
};
OPSROOM_DESCRIBE(form, (name, line("名称", "Name").example("木马", "Rocking horse")), (material, choice("材质", "Material").example("wood", "wood")),
                 (story, prose("来历", "Story").example("从旧柜子里找到", "Found in an old cupboard")), (extras, extras("toy")))

struct made {
    static constexpr std::string_view type = "toy.made.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"制作了玩具", "made the toy"}};
    member_id keeper;
    events::department department;
    toy::form form;
    std::uint32_t flow;
    bool operator==(const made&) const = default;
};
OPSROOM_DESCRIBE(made, (keeper, person("保管人", "Keeper")), (department, department("部门", "Department")), (form, group("玩具", "Toy")),
                 (flow, hidden()))

struct lent {
    static constexpr std::string_view type = "toy.lent.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"借出了玩具", "lent the toy"}, {"把玩具借给 {to}", "lent the toy to {to}"}};
    member_id to;
    bool operator==(const lent&) const = default;
};
OPSROOM_DESCRIBE(lent, (to, person("借用人", "Borrower")))

struct given_back {
    static constexpr std::string_view type = "toy.given_back.v1";
    static constexpr std::string_view clause = "S1.3.5";
    static constexpr event_words says{{"归还了玩具", "gave the toy back"}};
    std::string remark;
    bool operator==(const given_back&) const = default;
};
OPSROOM_DESCRIBE(given_back, (remark, remark("完好情况", "Condition")))

struct handed_over {
    static constexpr std::string_view type = "toy.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了玩具", "handed the toy over"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<made, lent, given_back, handed_over>;

}  // namespace events::toy
