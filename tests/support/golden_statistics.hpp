#pragma once
// What other tools say of the same data: tests/golden/statistics, which tests/oracle/make.py makes.

#include "core/statistics/answer.hpp"
#include "tests/support/tests_folder.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

namespace support {

inline nlohmann::json golden_statistics(const std::string& name) {
    std::ifstream in(tests_folder() / "golden" / "statistics" / (name + ".json"));
    REQUIRE(in.good());
    return nlohmann::json::parse(in).at("cases");
}

inline double number(const nlohmann::json& j) { return j.is_null() ? core::statistics::missing : j.get<double>(); }

inline std::vector<double> numbers(const nlohmann::json& j) {
    std::vector<double> all;
    for (const auto& x : j) all.push_back(number(x));
    return all;
}

inline std::vector<core::statistics::column> table(const nlohmann::json& j) {
    std::vector<core::statistics::column> all;
    for (const auto& c : j) all.push_back({c.at("name").get<std::string>(), numbers(c.at("values"))});
    return all;
}

/// How far one is from the other, beside the larger; of what is nearly nothing beside `scale`.
inline double apart(double got, double wanted, double scale = 0) {
    if (std::isnan(got) && std::isnan(wanted)) return 0;
    if (got == wanted) return 0;
    const double size = std::max({std::abs(got), std::abs(wanted), scale});
    const double d = std::abs(got - wanted) / size;
    return std::isnan(d) ? 1 : d;
}

/// Checks that figures are no farther from what is wanted than `most`.
class deviation {
public:
    explicit deviation(double most) : most_(most) {}
    void operator()(const std::string& what, double got, double wanted, double scale = 0) const {
        const double d = apart(got, wanted, scale);
        INFO(what << ": " << got << " and not " << wanted << ", " << d);
        CHECK(d <= most_);
    }

private:
    double most_;
};

}  // namespace support
