#pragma once
// One request, and the project that may come of it, as far as its fate says.

#include "server/demo/year/subjects.hpp"
#include "server/demo/year/world.hpp"

#include <memory>

namespace server::demo::year {

class project_story : public std::enable_shared_from_this<project_story> {
public:
    /// Where it ends, or still is when the year is over.
    enum class fate : char {
        archived = 'A',
        draft = 'd',
        submitted = 'u',
        in_assessment = 'n',
        request_clarifying = 'l',
        request_rejected = 'X',
        withdrawn = 'W',
        initiating = 'i',
        charter_pending = 'c',
        clarifying = 'k',
        charter_rejected = 'R',
        active = 't',
        acceptance_requested = 'q',
        in_acceptance = 'p',
        accepted = 'a',
        summarised = 'm',
        archive_pending = 'v',
        suspended = 'S',
        cancelled = 'C',
    };

    project_story(world& w, const subject& about, fate how, date first_day) : w_(w), subject_(about), fate_(how), first_day_(first_day) {}

    void begin();

private:
    // Request.
    events::request::form form_of(const subject& s, int days_to_do) const;
    void submit_request();
    void convene();
    void assess(member_id who);
    void ask();
    void verdict();

    // Charter.
    void draft_charter();
    events::project::charter charter() const;
    void submit_charter();
    void judge_charter();
    void start();

    // Execution.
    struct order_of {
        ticket task;
        member_id to;
        bool over = false;
    };
    void order_tasks();
    template <class Step>
    void go_on(order_of& one, Step&& step);
    void hand_in(const std::shared_ptr<order_of>& one);
    stream_id task_at(const order_of& one) { return {events::category::task, w_.on.number(one.task)}; }
    void report();
    void reach(std::uint16_t milestone);
    void file(events::project::record_kind kind);
    void pause();

    // Acceptance, summary, archive.
    void request_acceptance();
    void convene_acceptance();
    void judge_acceptance();
    void summarise();
    void submit_archive();
    void seal();

    stream_id request_at() { return {events::category::request, w_.on.number(request_)}; }
    bool ends_at(fate f) const { return fate_ == f; }

    world& w_;
    const subject& subject_;
    fate fate_;
    date first_day_;
    member_id requester_;
    member_id lead_;
    std::vector<member_id> team_;
    ticket request_;
    stream_id project_{};
    std::shared_ptr<project_room> room_;
    date ends_{};
    std::vector<std::shared_ptr<order_of>> orders_;
    bool returned_ = false;          ///< the request was
    bool charter_returned_ = false;
    bool charter_asked_ = false;
    bool failed_ = false;            ///< the first acceptance
    bool archive_returned_ = false;
    bool executing_ = false;
    int percent_ = 0;
};

}  // namespace server::demo::year
