import { stem } from '../text/stem.ts';

/** Words that tell nothing: grammar, weekdays, months and the phrases of reporting. Folded, four letters and more. */
const EMPTY_WORDS = new Set(
  `about above accord accorded according across added after again against ahead almost along already also although
  among amid another around asked back because been before began behind being below between both came come could dont
  down during each earlier early else even ever every exclusive first following from further gave give given going gone
  have having here himself however into itself just keep kept know known last late later latest least less like live
  made make many more most much must near nearly news next none once only onto other over part photo photos read
  reported reportedly reporter reporters reports said same saying says second seen several shall should show since some
  soon still such sure take taken tell than that their them themselves then there these they thing this those though
  three through thus till today told tomorrow took toward towards tuesday under until update updated upon used very
  video want watch week well went were what when where whether which while whom whose will with within without would
  yesterday your
  monday wednesday thursday friday saturday sunday january february march april june july august september october
  november december morning afternoon evening night noon overnight local time times year years month months days hours
  aber alle auch beim bereits dass dann denen denn deren dessen diese diesem diesen dieser dieses doch durch eine einem
  einen einer eines etwa gegen habe haben hatte hatten hier ihre ihren immer jetzt kein keine mehr muss nach nicht noch
  oder ohne sagte sagten sehr sein seine seinem seinen seiner seit sich sind soll sollen sowie uber unter viele wegen
  weil wenn werden wieder wird wurde wurden zwei zwischen
  apres aussi autre autres avait avant avec avoir cela cette ceux chez comme contre dans depuis deux elle elles encore
  entre etait etaient etre fait leur leurs lors mais meme moins nous ont par pendant plus plusieurs pour puis quand
  quatre sans selon sera serait sont sous sous tous tout toute toutes trois tres vers votre
  ademas ante antes aquel aunque cada como contra cual cuando desde despues dijo donde durante ella ellos embargo entre
  era esta estaba estaban estado estan estas este esto estos fueron haber habia hacia hasta mientras muy nada otra otras
  otro otros para pero porque segun sera siempre sobre solo sus tambien tanto tiene tienen toda todas todo todos tras
  tres unos usted varios
  более будет были было быть весь также время всех даже если есть затем здесь когда которая которого которой которые
  который между может надо него нему нибудь около очень перед после потом потому почти против раньше своей своих себя
  сейчас сообщил сообщила сообщили также такой тогда того тоже только уже хотя чего через чтобы этого этой этом этот
  الان الذي الذين التي الي ايضا بعد بين تحت ثم حتي حول حيث خلال ذلك عبر علي عند عندما غير فوق فيما قال قالت قبل كان
  كانت كما لدي منذ نحو هذا هذه هناك وقال وقالت ولكن ولم`
    .split(/\s+/)
    .map((word) => stem(word, null)),
);

/**
 * Words of three letters that tell nothing, as forms: the stem of a longer word may be one of them. What is left of
 * three letters tells much in short texts ("boy", "zoo", "gas"), and most roots of Arabic have three.
 */
const SHORT_GRAMMAR = new Set(
  `the and for are but not you all any can had her was one our out day get has him his how man new now old see
  two way who did its let put say she too use ago via per yet off nor own few got why mon tue wed thu fri sat
  sun jan feb mar apr may jun jul aug sep oct nov dec der die das und ein von vom zum zur mit aus bei auf fur
  ist wir ihr ihm ihn den dem des als bis nur wie wer uns vor het een van dat aan met zij wat nog dan hun ook
  les une est sur par que qui pas aux ses son mes ils ont ete dit lui peu los las del una uno con por mas sus
  fue han dos muy mil sin hay era dia esa ese eso tan nao com uma seu sao ele ela foi tem gli che non dei nel
  piu suo sua tra fra due poi bir ile cok nie jak sie ale czy juz tym ich как что это его она они или все был
  для при над под тем чем нет уже еще кто где год дня лет два три ему вам вас нас нам мне том так там тут оно
  вот без про від але цей вже щоб الي علي هذا كما قال بعد قبل`.split(/\s+/),
);

/** True for a word of three letters, folded, that is grammar, a day or a month. */
export function isShortGrammar(form: string): boolean {
  return SHORT_GRAMMAR.has(form);
}

/**
 * Stems of words that most alerts have, so that sharing them says little: two raids are not one because both
 * were raids.
 */
const COMMON_WORDS = new Set(
  `action activist activists agency agencies air area armed army arrest attack authorities blast bomb bombing border
  building camp capital car chief children citizen city civilian claim clash commander condition conflict control country
  crisis damage dead death deaths defence defense destroyed die died dozens emergency event explosion fear fighter
  fighters fighting fire five force forces former four government ground group head hit home hospital house hundreds
  incident injured injuries interior international involved kill killed killing killings launched lead leader least left level
  major members military militant minister ministry months morning mostly national north northern nine number office
  officer officers official officials operation opposition party people person place police political power president
  public quake earthquake raid rebel region residents responsibility rescue response rights road rocket scene security
  senior services seven shot shooting site situation six soldier soldiers source sources south southern spokesman
  spokesperson spokeswoman state statement strike strikes support target targeted targets team ten terrorist terrorists
  thousands toll took town troops two village violence war weapons west western east eastern white witness witnesses
  women woman work world wounded
  aid bus gun jet law men van
  ataque ataques autoridades ciudad ejercito fuerzas gobierno heridos ministerio muertos muerto personas policia
  armee attaque attaques autorites blesses forces gouvernement morts personnes police tues ville
  angriff armee menschen polizei regierung stadt tote verletzte
  военные погибли полиция ранены сообщает города людей
  الجيش الشرطه قتل قتلي مدنيين مدينه هجوم`
    .split(/\s+/)
    .map((word) => stem(word, null)),
);

/** What a word says about which event an article tells: nothing, a little or much. */
export function tellingWeight(stemmed: string): 0 | 0.4 | 1 {
  if (EMPTY_WORDS.has(stemmed)) return 0;
  return COMMON_WORDS.has(stemmed) ? 0.4 : 1;
}
