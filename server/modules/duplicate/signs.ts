/**
 * Traditional signs that stand in names, each with its simplified form: surnames of the Hundred Families and the given signs that registers hold in both
 * spellings. A pair each, from the Table of General Standard Chinese Characters (2013), appendix 1. What is not here stays as it is.
 */
const PAIRS =
  '張张陳陈劉刘黃黄吳吴趙赵孫孙馬马羅罗鄭郑謝谢韓韩馮冯許许鄧邓蕭萧葉叶蘇苏呂吕蔣蒋賈贾餘余鍾钟範范薑姜譚谭鄒邹陸陆龍龙萬万錢钱湯汤賀贺賴赖龔龚顧顾嚴严溫温蘆芦藺蔺閆闫閻阎聶聂關关盧卢莊庄齊齐魯鲁喬乔畢毕遊游陽阳歐欧衛卫華华貝贝費费紀纪滿满項项' +
  '藍蓝婁娄顏颜應应單单鞏巩厲厉寧宁甯宁饒饶諸诸東东長长連连練练鮑鲍邊边車车竇窦勞劳鄔邬閔闵閩闽龐庞儲储鄺邝繆缪尋寻倫伦駱骆嶽岳淩凌麥麦聞闻黨党談谈強强國国偉伟軍军麗丽鳳凤蘭兰紅红靜静傑杰濤涛飛飞鵬鹏輝辉勝胜剛刚榮荣慶庆雲云興兴業业義义禮礼賢贤' +
  '貴贵寶宝銘铭鐵铁鋒锋鋼钢鎮镇銳锐錦锦錫锡鈞钧瓊琼瑩莹瑪玛璽玺環环穎颖純纯紋纹經经維维緒绪綺绮緯纬績绩繼继續续纖纤紹绍絲丝綠绿繡绣縱纵總总聰聪聲声聖圣職职肅肃腦脑臨临舉举艷艳藝艺蓮莲蔭荫藥药蘊蕴虛虚蟬蝉補补見见規规視视親亲覺觉觀观訓训記记設设' +
  '評评詠咏詩诗誠诚語语說说課课調调論论諾诺謙谦講讲證证識识譯译議议護护豐丰財财貞贞賓宾質质贊赞趕赶躍跃軒轩載载輕轻輪轮農农達达運运過过遠远適适選选遜逊鄉乡醫医釗钊針针鈺钰鈴铃銀银鋮铖錚铮鎧铠鏡镜鐘钟鑒鉴門门開开閒闲間间閃闪閣阁闊阔陰阴隊队階阶' +
  '際际隨随雙双雜杂離离難难電电霧雾靈灵韋韦韻韵頂顶順顺頌颂頓顿領领頤颐頻频願愿類类風风飄飘養养館馆馳驰駒驹駿骏騰腾驍骁驗验魚鱼鮮鲜鳥鸟鳴鸣鴻鸿鵑鹃鵝鹅鶴鹤鷺鹭黴霉點点齡龄龜龟亞亚來来俠侠個个偵侦僑侨億亿優优兒儿兩两冊册凍冻劍剑動动務务勳勋勵励' +
  '區区協协卻却參参叢丛吶呐問问啟启喚唤嚮向圍围園园圓圆團团執执堅坚場场塵尘壯壮壽寿夢梦奧奥奮奋婦妇媽妈學学實实寬宽將将專专對对導导屆届島岛崗岗嵐岚巒峦師师帥帅帶带幹干庫库廣广廬庐彥彦後后從从復复徵征恆恒悅悦愛爱憲宪憶忆懷怀戀恋戰战撫抚擁拥揚扬' +
  '換换據据攜携數数書书會会朧胧條条楊杨楓枫極极楨桢樂乐標标樣样樸朴樹树橋桥機机檢检檔档權权歡欢歲岁歷历殘残氣气漢汉沖冲決决況况洶汹涼凉淨净淵渊淺浅測测渾浑湧涌滄沧滬沪潔洁潛潜潤润澤泽濱滨濟济瀟潇瀾澜灣湾煒炜煥焕煙烟熱热燁烨燈灯營营爍烁爺爷牆墙' +
  '狀状獻献獅狮獎奖瑤瑶產产畫画異异當当皚皑盡尽監监盤盘眾众碩硕確确禎祯種种稱称穌稣積积穩稳窮穷竅窍競竞筆笔節节築筑簡简糧粮';

const SIMPLE: ReadonlyMap<string, string> = new Map(PAIRS.match(/../gu)?.map((pair) => [...pair] as [string, string]) ?? []);

/** Each traditional sign of the table in its simplified form. */
export const simplified = (text: string): string => [...text].map((sign) => SIMPLE.get(sign) ?? sign).join('');

/** The table itself, for whoever checks it. */
export const simpleForms = (): ReadonlyMap<string, string> => SIMPLE;
