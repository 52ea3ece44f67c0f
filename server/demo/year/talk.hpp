#pragma once
// What people say to each other. Everybody speaks their own language; both meet in one channel.

#include <span>
#include <vector>

namespace server::demo::year {

/// "{t}" stands for a task's title, "{p}" for the project, "{n}" and "{m}" for numbers.
struct spoken {
    int who;  ///< the first to speak is 0
    const char* zh;
    const char* en;
};

struct dialogue {
    const char* topic_zh;  ///< empty: none
    const char* topic_en;
    std::vector<spoken> lines;
};

/// For a department's channel by its name, or for a project's ("").
std::span<const dialogue> talk_in(const char* channel);

}  // namespace server::demo::year
