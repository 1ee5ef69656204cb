#include "wirecopy/trace.h"

namespace wirecopy {

std::string_view RelationName(Relation relation) {
  switch (relation) {
    case Relation::kRepublication:
      return "republication";
    case Relation::kExcerpt:
      return "excerpt";
    case Relation::kUpdate:
      return "update";
    case Relation::kCommonSource:
      return "common_source";
    case Relation::kQuotation:
      return "quotation";
  }
  return "";
}

std::string_view LineageStatusName(LineageStatus status) {
  switch (status) {
    case LineageStatus::kRoot:
      return "root";
    case LineageStatus::kCopy:
      return "copy";
    case LineageStatus::kHiddenSource:
      return "hidden_source";
    case LineageStatus::kUndecided:
      return "undecided";
  }
  return "";
}

}  // namespace wirecopy
