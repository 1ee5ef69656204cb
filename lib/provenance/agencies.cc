#include "provenance/agencies.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace wirecopy {
namespace {

// "ap" is a word, "AP" an agency; longer names are told without capitals.
constexpr size_t kLongestAcronym = 4;

bool IsAcronym(std::string_view name) {
  return name.size() <= kLongestAcronym &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isupper(static_cast<unsigned char>(c));
         });
}

// Arabic writes "to", "and" and "by" as a part of the word that follows.
bool IsArabic(std::string_view name) {
  return !name.empty() && (name[0] == '\xD8' || name[0] == '\xD9');
}
constexpr std::string_view kArabicPrefixes[] = {"ل", "و", "ب", "ف"};

}  // namespace

std::span<const NameGroup> KnownAgencies() {
  static const auto* const groups = new std::vector<NameGroup>{
      {"AP", "Associated Press", "The Associated Press", "أسوشيتد برس",
       "美联社"},
      {"Reuters", "Thomson Reuters", "رويترز", "路透社", "路透", "ロイター",
       "Рейтер"},
      {"AFP", "Agence France-Presse", "Agence France Presse", "فرانس برس",
       "أ ف ب", "法新社"},
      {"dpa", "Deutsche Presse-Agentur", "Deutschen Presse-Agentur", "د ب أ",
       "德新社"},
      {"EFE", "Agencia EFE", "埃菲社"},
      {"Xinhua", "Xinhua News Agency", "新华社", "新華社", "شينخوا"},
      {"China News Service", "中新社", "中国新闻社"},
      {"ANSA", "Agenzia ANSA", "安莎社"},
      {"Adnkronos"},
      {"TASS", "ITAR-TASS", "ТАСС", "塔斯社", "تاس"},
      {"RIA Novosti", "РИА Новости"},
      {"Interfax", "Интерфакс"},
      {"Kyodo", "Kyodo News", "共同通信", "共同社"},
      {"Jiji", "Jiji Press", "時事通信"},
      {"Yonhap", "Yonhap News Agency", "연합뉴스", "韩联社"},
      {"PA", "PA Media", "Press Association", "PA news agency"},
      {"CP", "The Canadian Press", "Canadian Press", "La Presse Canadienne"},
      {"AAP", "Australian Associated Press"},
      {"Bloomberg", "Bloomberg News", "彭博社", "بلومبرغ"},
      {"UPI", "United Press International"},
      {"IANS", "Indo-Asian News Service"},
      {"PTI", "Press Trust of India"},
      {"ANI", "Asian News International"},
      {"APP", "Associated Press of Pakistan"},
      {"Antara"},
      {"Bernama"},
      {"APA", "Austria Presse Agentur"},
      {"SDA", "Keystone-SDA", "Schweizerische Depeschenagentur"},
      {"Belga"},
      {"ANP", "Algemeen Nederlands Persbureau"},
      {"NTB", "Norsk Telegrambyrå"},
      {"Ritzau"},
      {"STT"},
      {"PAP", "Polska Agencja Prasowa"},
      {"CTK", "ČTK", "Česká tisková kancelář"},
      {"MTI", "Magyar Távirati Iroda"},
      {"Lusa", "Agência Lusa"},
      {"Agência Brasil", "Agencia Brasil"},
      {"Notimex"},
      {"Télam", "Telam"},
      {"Europa Press"},
      {"Prensa Latina"},
      {"ANA", "ANA-MPA", "Athens-Macedonian News Agency", "ΑΠΕ-ΜΠΕ"},
      {"Anadolu", "Anadolu Agency", "Anadolu Ajansı", "الأناضول"},
      {"MENA", "Middle East News Agency", "أنباء الشرق الأوسط"},
      {"SPA", "Saudi Press Agency", "واس", "الأنباء السعودية"},
      {"WAM", "Emirates News Agency", "وام"},
      {"QNA", "Qatar News Agency", "قنا"},
      {"KUNA", "Kuwait News Agency", "كونا"},
      {"Petra", "Jordan News Agency", "بترا"},
      {"SANA", "Syrian Arab News Agency", "سانا"},
      {"IRNA", "Islamic Republic News Agency", "إرنا"},
      {"MAP", "Maghreb Arabe Presse", "المغرب العربي للأنباء"},
      {"APS", "Algérie Presse Service", "الأنباء الجزائرية"},
      {"TAP", "Tunis Afrique Presse", "وات"},
      {"NAN", "News Agency of Nigeria"},
      {"SAPA", "South African Press Association"},
      {"Ukrinform", "Укрінформ"},
  };
  return *groups;
}

NameTable::NameTable(std::span<const NameGroup> more) {
  for (const NameGroup& group : more) Add(group);
  for (const NameGroup& group : KnownAgencies()) Add(group);
}

void NameTable::Add(const NameGroup& group) {
  if (group.empty()) return;
  const auto number = static_cast<uint32_t>(groups_.size());
  groups_.push_back(group);
  for (const std::string& name : group) {
    AddName(name, number);
    if (!IsArabic(name)) continue;
    for (const std::string_view prefix : kArabicPrefixes) {
      AddName(absl::StrCat(std::string(prefix), name), number);
    }
  }
}

void NameTable::AddName(const std::string& written, uint32_t group) {
  TokenText words;
  words.Read(written, kProfileSeed);
  if (words.codes().empty()) return;
  std::vector<Name>& names = by_first_word_[words.codes().front()];
  Name name;
  name.words.assign(words.codes().begin(), words.codes().end());
  if (IsAcronym(written)) name.capitals = written;
  name.group = group;
  // The longest first; of the same, whose group came first.
  const auto after = std::find_if(names.begin(), names.end(), [&](auto& other) {
    return other.words.size() < name.words.size();
  });
  names.insert(after, std::move(name));
}

std::optional<NameTable::Match> NameTable::Find(
    std::string_view text, std::span<const ProfileWord> words,
    size_t at) const {
  const auto names = by_first_word_.find(words[at].code);
  if (names == by_first_word_.end()) return std::nullopt;
  const auto rest = words.subspan(at);
  for (const Name& name : names->second) {
    if (name.words.size() > rest.size()) continue;
    const bool equal =
        std::equal(name.words.begin(), name.words.end(), rest.begin(),
                   [](TokenCode code, const ProfileWord& word) {
                     return code == word.code;
                   });
    if (!equal) continue;
    const std::string_view written =
        text.substr(rest[0].begin, rest[0].end - rest[0].begin);
    if (!name.capitals.empty() && written != name.capitals) continue;
    return Match{name.group, static_cast<uint32_t>(name.words.size())};
  }
  return std::nullopt;
}

std::optional<uint32_t> NameTable::GroupOf(std::string_view name) const {
  const TextProfile profile = ReadTextProfile(name);
  if (profile.words.empty()) return std::nullopt;
  const auto match = Find(name, profile.words, 0);
  if (!match || match->words != profile.words.size()) return std::nullopt;
  return match->group;
}

}  // namespace wirecopy
