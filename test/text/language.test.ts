import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadLanguageReader } from '../../src/text/language.ts';

const read = await loadLanguageReader();

/** An article with its headline in the text, as all have. */
function languageOf(title: string, declared: string | null, body = ''): string | null {
  return read({ title, text: `${title}\n\n${body}`.trim() }, declared);
}

/** A headline and how its article goes on. */
const NEWS: [language: string, title: string, body: string][] = [
  [
    'en',
    'Gunmen kill nine in attack on market in northern Nigeria',
    'The attackers came on motorcycles at dawn, police said.',
  ],
  [
    'fr',
    'Au moins douze personnes tuées dans une attaque au Mali',
    'Les assaillants sont arrivés à l’aube, selon des sources locales.',
  ],
  [
    'es',
    'Miles de personas marchan para exigir justicia por los desaparecidos',
    'La marcha recorrió el centro de la capital.',
  ],
  [
    'pt',
    'Milhares de manifestantes saíram às ruas de Lisboa',
    'Os sindicatos pedem melhores salários e menos horas de trabalho.',
  ],
  [
    'it',
    'La polizia ha arrestato sei uomini accusati di legami con la mafia',
    'Gli arresti sono avvenuti all’alba.',
  ],
  [
    'de',
    'Tausende Demonstranten fordern den Rücktritt des Präsidenten',
    'Sie zogen am Sonntag durch die Innenstadt.',
  ],
  [
    'nl',
    'Politie houdt drie verdachten aan na schietpartij in Rotterdam',
    'De verdachten worden morgen voorgeleid aan de rechter.',
  ],
  [
    'tr',
    'Polis terör örgütü üyesi üç kişiyi gözaltına aldı',
    'Operasyon sabah saatlerinde üç ilde eş zamanlı yapıldı.',
  ],
  [
    'id',
    'Polisi menangkap tiga terduga teroris di Jawa Tengah',
    'Penangkapan itu dilakukan pada Kamis pagi, kata juru bicara kepolisian.',
  ],
  [
    'ms',
    'Polis tahan tiga suspek kes pecah rumah di Johor Bahru',
    'Mereka ditahan selepas polis menerima maklumat orang awam.',
  ],
  [
    'sw',
    'Polisi wamewakamata washukiwa watatu wa ugaidi mjini Mombasa',
    'Serikali inasema uchunguzi unaendelea katika eneo hilo.',
  ],
  [
    'so',
    'Qarax ka dhacay magaalada Muqdisho ayaa lagu dilay lix qof',
    'Ciidamada ammaanka ayaa goobta tagay, sida ay sheegeen dadka deegaanka.',
  ],
  [
    'pl',
    'Policja zatrzymała trzech podejrzanych o planowanie zamachu',
    'Do zatrzymań doszło w czwartek rano w dwóch miastach.',
  ],
  ['ku', 'Polîsan sê kes bi gumana amadekirina êrîşekê girtin', 'Operasyon li du bajaran hat kirin.'],
  ['ku', 'پۆلیس سێ گومانلێکراوی دەستگیر کرد', 'ئەوان بەیانی ئەمڕۆ لە دوو شار گیران.'],
  ['ar', 'اعتقلت الشرطة ثلاثة مشتبهين بالتخطيط لهجوم', 'جرت الاعتقالات فجر الخميس في مدينتين.'],
  ['fa', 'پلیس سه مظنون به برنامه‌ریزی حمله را بازداشت کرد', 'آن‌ها صبح پنجشنبه در دو شهر دستگیر شدند.'],
  ['ur', 'پولیس نے حملے کے شبہے میں تین افراد کو گرفتار کر لیا', 'انہیں جمعرات کی صبح دو شہروں سے پکڑا گیا۔'],
  [
    'ps',
    'پولیسو د برید د پلان په تور درې کسان نیولي دي',
    'دوی د پنجشنبې په سهار په دوو ښارونو کې ونیول شول.',
  ],
  [
    'ru',
    'Полиция задержала трех подозреваемых в подготовке теракта',
    'Задержания прошли утром в четверг в двух городах.',
  ],
  [
    'uk',
    'Поліція затримала трьох підозрюваних у підготовці теракту',
    'Затримання відбулися вранці у четвер у двох містах.',
  ],
  [
    'bg',
    'Полицията задържа трима заподозрени за подготовка на атентат',
    'Арестите са станали в четвъртък сутринта в два града.',
  ],
  ['sr', 'Полиција је ухапсила тројицу осумњичених за напад', 'Хапшења су изведена у четвртак ујутру.'],
  ['kk', 'Полиция шабуыл дайындады деген үш күдіктіні ұстады', 'Олар бейсенбі күні таңертең қолға түсті.'],
  ['he', 'המשטרה עצרה שלושה חשודים בתכנון פיגוע', 'המעצרים בוצעו בבוקר יום חמישי.'],
  ['el', 'Η αστυνομία συνέλαβε τρεις υπόπτους', 'Οι συλλήψεις έγιναν το πρωί της Πέμπτης.'],
  ['hi', 'पुलिस ने तीन संदिग्धों को गिरफ्तार किया', 'उन्हें गुरुवार सुबह दो शहरों से पकड़ा गया।'],
  ['mr', 'पोलिसांनी तीन संशयितांना अटक केली आहे', 'त्यांना गुरुवारी सकाळी दोन शहरांतून ताब्यात घेण्यात आले.'],
  ['ne', 'प्रहरीले तीन जना शंकास्पद व्यक्तिलाई पक्राउ गरेको छ', 'उनीहरूलाई बिहीबार बिहान दुई सहरबाट समातिएको हो।'],
  ['bn', 'পুলিশ তিন সন্দেহভাজনকে গ্রেপ্তার করেছে', ''],
  ['am', 'ፖሊስ ሦስት ተጠርጣሪዎችን በቁጥጥር ስር አዋለ', ''],
  ['ti', 'ፖሊስ ኣብ ክልተ ከተማታት ሰለስተ ጥርጡራት ኣሲሩ', ''],
  ['th', 'ตำรวจจับกุมผู้ต้องสงสัยสามราย', ''],
  ['my', 'ရဲက သံသယရှိသူ သုံးဦးကို ဖမ်းဆီးခဲ့သည်။', ''],
  ['ka', 'პოლიციამ სამი ეჭვმიტანილი დააკავა', ''],
  ['hy', 'Ոստիկանությունը ձերբակալել է երեք կասկածյալի', ''],
  ['ko', '경찰, 테러 모의 혐의로 3명 체포', ''],
  ['ja', '警察、テロ計画の疑いで3人を逮捕', ''],
  ['zh', '警方以策划袭击为由逮捕三名嫌疑人', ''],
];

describe('the language of an article', () => {
  test.each([null, 'en-US'])('is that of its words when the feed says %s', (declared) => {
    const wrong = NEWS.map(([language, title, body]) => [language, languageOf(title, declared, body), title]);
    expect(wrong.filter(([language, found]) => found !== language)).toEqual([]);
  });

  test('is what the feed says when that is right, even of a headline alone', () => {
    const wrong = NEWS.map(([language, title]) => [language, languageOf(title, language), title]);
    expect(wrong.filter(([language, found]) => found !== language)).toEqual([]);
  });

  test.each([
    'Quake hits Nepal',
    'US raid kills ISIS leader',
    'Boko Haram abducts schoolgirls',
    'Zelensky meets Scholz in Berlin',
    'Mali junta expels UN mission',
    'Seven killed as tram derails round sharp bend',
    'Gunman kills one, wounds two at accounting office',
  ])('is never a foreign one for “%s”', (headline) => {
    expect(languageOf(headline, 'en-GB')).toBe('en');
    expect([null, 'en']).toContain(languageOf(headline, null));
  });

  test('of English words is English in a feed that says otherwise', () => {
    expect(languageOf('The minister said that the talks with the rebels have failed', 'fr')).toBe('en');
    expect(languageOf('Tram overturns after derailment and kills seven, injures dozens', 'fr')).toBe('en');
  });

  test.each([
    ['sr-Latn', 'Najmanje devet osoba poginulo je u napadu na tržnicu na severu Nigerije', 'sr'],
    ['hr', 'Najmanje devet osoba poginulo je u napadu na tržnicu na sjeveru Nigerije', 'hr'],
    ['ms', 'Pengadilan menjatuhkan hukuman empat tahun penjara kepada bekas menteri', 'ms'],
    ['nb-NO', 'Regjeringen varsler nye tiltak', 'no'],
    ['da', 'Retten idømte den tidligere minister fire års fængsel', 'da'],
    ['bg', 'Пожар в склад край София', 'bg'],
    ['uk', 'Дрони атакували завод', 'uk'],
    ['ja', '首相訪米', 'ja'],
  ])('is what a feed in %s says where relatives look alike', (declared, headline, language) => {
    expect(languageOf(headline, declared)).toBe(language);
  });

  test('is the one that only the feed knows, in its own script', () => {
    const kinyarwanda =
      'Polisi yafashe abantu batatu bakekwaho gutegura igitero mu mujyi wa Kigali ejo mu gitondo';
    expect(languageOf(kinyarwanda, 'rw')).toBe('rw');
    const pidgin = 'Police don arrest three people with guns after dem attack the market for Lagos';
    expect(languageOf(pidgin, 'pcm')).toBe('pcm');
    expect(languageOf('Полиция задержала трех подозреваемых', 'rw')).toBe('ru');
  });

  test('of a Kazakh feed’s Russian article is Russian', () => {
    const [, title = '', body] = NEWS.find(([language]) => language === 'ru') ?? [];
    expect(languageOf(title, 'kk', body)).toBe('ru');
  });

  test.each([
    ['iw', 'he'],
    ['en_GB', 'en'],
    ['in-ID', 'id'],
    [' pt-BR ', 'pt'],
    ['english', null],
    ['x', null],
    ['und', null],
    [null, null],
  ])('is the feed’s own, as one code, where there are no words: %s', (declared, language) => {
    expect(languageOf('12:30', declared)).toBe(language);
  });

  test('does not turn on addresses, or on a brand in Latin letters', () => {
    expect(languageOf('https://www.example.org/news/some-long-address-in-english غارة', 'ar')).toBe('ar');
    expect(languageOf('OpenAI发布新模型', null)).toBe('zh');
    expect(languageOf('防衛省、Google Cloudを導入', null)).toBe('ja');
    expect(languageOf('警察、襲撃計画の疑いで三人逮捕', 'zh')).toBe('ja');
  });

  test('can be asked of anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string()), (title, declared) => {
        const found = languageOf(title, declared);
        return found === null || /^[a-z]{2,3}$/.test(found);
      }),
      { numRuns: 2_000 },
    );
    expect(languageOf('\ud83d '.repeat(50_000), null)).toBeNull();
  });
});
