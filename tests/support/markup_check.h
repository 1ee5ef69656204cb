// Whether markup is well-formed, as XML has it.

#ifndef WIRECOPY_TESTS_SUPPORT_MARKUP_CHECK_H_
#define WIRECOPY_TESTS_SUPPORT_MARKUP_CHECK_H_

#include <cctype>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::oracle {

// Reads elements, attributes and references; everything else is an error.
class MarkupCheck {
 public:
  explicit MarkupCheck(std::string_view markup) : markup_(markup) {}

  // The first error and where it is, or nothing.
  std::string FirstError() {
    while (error_.empty() && at_ < markup_.size()) {
      if (markup_[at_] == '<') {
        ReadTag();
      } else {
        ReadCharacter("text");
      }
    }
    if (error_.empty() && !open_.empty()) Fail("open: " + open_.back());
    return error_;
  }

 private:
  void Fail(const std::string& what) {
    if (!error_.empty()) return;
    error_ = what + " at " + std::to_string(at_) + ": " +
             std::string(markup_.substr(at_, 60));
    at_ = markup_.size();
  }

  void ReadCharacter(const std::string& where) {
    const char c = markup_[at_];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '<' || (byte < 0x20 && c != '\n' && c != '\t')) {
      return Fail("stray character in " + where);
    }
    if (c == '&') {
      const size_t end = markup_.find(';', at_);
      static const std::set<std::string_view> known = {"amp", "lt", "gt",
                                                       "quot", "#39"};
      if (end == std::string_view::npos ||
          known.count(markup_.substr(at_ + 1, end - at_ - 1)) == 0) {
        return Fail("unknown reference");
      }
    }
    ++at_;
  }

  std::string ReadName() {
    std::string name;
    while (at_ < markup_.size() &&
           (std::isalnum(static_cast<unsigned char>(markup_[at_])) != 0 ||
            markup_[at_] == '-')) {
      name += markup_[at_++];
    }
    if (name.empty()) Fail("no name");
    return name;
  }

  void ReadTag() {
    ++at_;
    const bool closes = markup_[at_] == '/';
    if (closes) ++at_;
    const std::string name = ReadName();
    if (closes) {
      if (open_.empty() || open_.back() != name) return Fail("closes " + name);
      open_.pop_back();
      if (markup_[at_] != '>') return Fail("closing tag");
      ++at_;
      return;
    }
    std::set<std::string> seen;
    while (at_ < markup_.size() && markup_[at_] == ' ') {
      ++at_;
      const std::string attribute = ReadName();
      if (!seen.insert(attribute).second) return Fail("twice: " + attribute);
      if (markup_.substr(at_, 2) != "=\"") return Fail("attribute");
      at_ += 2;
      while (at_ < markup_.size() && markup_[at_] != '"') {
        ReadCharacter("attribute");
      }
      ++at_;
    }
    if (markup_.substr(at_, 2) == "/>") {
      at_ += 2;
    } else if (markup_.substr(at_, 1) == ">") {
      ++at_;
      open_.push_back(name);
    } else {
      Fail("tag");
    }
  }

  std::string_view markup_;
  size_t at_ = 0;
  std::vector<std::string> open_;
  std::string error_;
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_MARKUP_CHECK_H_
