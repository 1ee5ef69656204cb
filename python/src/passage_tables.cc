#include "passage_tables.h"

#include <algorithm>
#include <utility>

#include "wirecopy/names.h"

namespace wirecopy::python {

namespace {

// A struct of a document's id and a place in it.
void AddPlaceFields(const IdColumn& ids, Column* column) {
  column->AddChild("id", ids.Format());
  column->AddChild("begin", kSignedFormat);
  column->AddChild("end", kSignedFormat);
}

void AppendPlace(const IdColumn& ids, const PassageGroup::Member& member,
                 Column* column) {
  ids.AppendTo(member.document, &column->child(0));
  column->child(1).AddNumber(member.span.begin);
  column->child(2).AddNumber(member.span.end);
  column->EndStruct();
}

}  // namespace

std::vector<std::string> GroupNames(const PassagesResult& found,
                                    const IdColumn& ids) {
  std::vector<std::string> names;
  names.reserve(found.groups.size());
  for (const PassageGroup& group : found.groups) {
    const PassageGroup::Member& first = group.members[group.first];
    names.push_back(PassageGroupName(ids.Get(first.document), first.span.begin,
                                     first.span.end));
  }
  return names;
}

std::vector<Column> PassageColumns(const PassagesResult& found,
                                   const IdColumn& ids) {
  std::vector<Column> columns;
  columns.emplace_back("a", ids.Format());
  columns.emplace_back("a_begin", kSignedFormat);
  columns.emplace_back("a_end", kSignedFormat);
  columns.emplace_back("b", ids.Format());
  columns.emplace_back("b_begin", kSignedFormat);
  columns.emplace_back("b_end", kSignedFormat);
  columns.emplace_back("words", kSignedFormat);
  columns.emplace_back("edits", kSignedFormat);
  columns.emplace_back("identity", kDoubleFormat);
  columns.emplace_back("kind", kStringFormat);
  columns.emplace_back("group", kStringFormat);
  const std::vector<std::string> names = GroupNames(found, ids);
  for (const ReusedPassage& passage : found.passages) {
    ids.AppendTo(passage.a, &columns[0]);
    columns[1].AddNumber(passage.a_span.begin);
    columns[2].AddNumber(passage.a_span.end);
    ids.AppendTo(passage.b, &columns[3]);
    columns[4].AddNumber(passage.b_span.begin);
    columns[5].AddNumber(passage.b_span.end);
    columns[6].AddNumber(passage.words);
    columns[7].AddNumber(passage.edits);
    columns[8].Add(passage.Identity());
    columns[9].Add(PassageKindName(passage.kind));
    columns[10].Add(std::string_view(names[passage.group]));
  }
  return columns;
}

Table GroupTable(const PassagesResult& found, const IdColumn& ids) {
  std::vector<Column> columns;
  columns.emplace_back("group", kStringFormat);
  columns.emplace_back("kind", kStringFormat);
  columns.emplace_back("first", kStructFormat);
  AddPlaceFields(ids, &columns[2]);
  columns.emplace_back("members", kListFormat);
  AddPlaceFields(ids, &columns[3].AddChild("item", kStructFormat));
  const std::vector<std::string> names = GroupNames(found, ids);
  for (size_t g = 0; g < found.groups.size(); ++g) {
    const PassageGroup& group = found.groups[g];
    columns[0].Add(std::string_view(names[g]));
    columns[1].Add(PassageKindName(group.kind));
    AppendPlace(ids, group.members[group.first], &columns[2]);
    for (const PassageGroup::Member& member : group.members) {
      AppendPlace(ids, member, &columns[3].child(0));
    }
    columns[3].EndList();
  }
  return Table(std::move(columns));
}

void ToCodePoints(TextReader* reader, PassagesResult* found) {
  std::vector<std::pair<uint32_t, OffsetSpan*>> places;
  places.reserve(2 * found->passages.size());
  for (ReusedPassage& passage : found->passages) {
    places.emplace_back(passage.a, &passage.a_span);
    places.emplace_back(passage.b, &passage.b_span);
  }
  for (PassageGroup& group : found->groups) {
    for (PassageGroup::Member& member : group.members) {
      places.emplace_back(member.document, &member.span);
    }
  }
  std::sort(places.begin(), places.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  OffsetConverter converter;
  for (size_t i = 0; i < places.size(); ++i) {
    const auto [document, span] = places[i];
    if (i == 0 || places[i - 1].first != document) {
      converter.Reset(reader->Text(document));
    }
    span->begin = converter.Convert(span->begin, OffsetUnit::kCodePoint);
    span->end = converter.Convert(span->end, OffsetUnit::kCodePoint);
  }
}

}  // namespace wirecopy::python
