"""Words of Azerbaijani and Turkish that the stemmer must know: short ones, and such as end like an ending.

Where one of them is reached, nothing more is taken away (``vətən`` does not end in a participle's ``-ən``), and one
of
them may be as short as it is (``günündə`` is ``gün``), while of an unknown word at least three or four letters
stay.
"""

AZERBAIJANI_NOUNS = """
ad ada addım adam adət ağac ağız ağrı ailə alim alman ana anım and anlayış aran ard arxa arxiv asiya ata avropa ay
ayaq aydın az azad azadlıq bacı baba bağ bağça bahar bakı balaca bank baş başqa başçı bayraq bayram bel beton beş
beyin bəhs bədən bənd bəy bəyan bəyanat bəyannamə bilik bina bir birlik bitki boy boz böyük bu buraxılış bulud burun
bütöv bütün can canlı cəbhə cəmiyyət cənab cəza cib cins cinayət cild coşqun cür cümə çap çay çətin çətinlik çiçək
çıxış
çöl çörək dağ dalğa dan danışıq daş dava dayaq dəfə dəhşət dəm dəniz dərd dəri dərs dəst dəstə dəstək dəyər
dəyişiklik
dil din dinc dinləmə diqqət divan divar diz doğma dollar dost döyüş dövlət dövr dünən dünya düşmən düz düzgün
ehtiram el
elan elm əl əlaqə əməl əmin əmr ən ər əraq ərazi əsas əsər əsgər əsir əsr əvvəl ev faciə fakt fəal fəaliyyət fərd
fərman fərq fəsil fikir film forma fond forum gecə gəlin gəmi gənc gəncə gərgin göl göy göz gözəl güc gül güllə
gün günah gürcü gürcüstan hadisə hal haqq hava heyət hesab hesabat heykəl həbs həftə həkim hərb hərbi hərbçi
hərəkat hərəkət həyat həyət həqiqət hər hərf hədəf hədd hissə höküm hökumət hörmət hüquq hüzn xain xalq xarici
xatirə
xəbər xərc xərəc xəstə xəstəxana xəzər xidmət xilas xocalı xocavənd xoş xətt xətər iclas içəri idarə iddia iki il
ilham ilkin imza inam incəsənət ingilis insan intihar iran irəvan isə istək istiqlal iş işğal işıq iştirak italiya
itki izah jurnal kadr kənd kəs kəşf kim kimi kişi kitab kitabxana komissiya körpü kömək kör köç köçkün könül körpə
köşk küçə küləy kürd lazım ləğv layihə lənkəran lider mal mart matəm maye mayor may məclis məcburi məqsəd məqam
məktəb
məktub məhəllə məhkəmə məlumat məna mənzil mərasim mərd mərhum mərkəz mərhələ məruzə məscid məsələ mətn mətbuat
məzar
meydan meşə mədən mədəniyyət milli millət milyon milyard min minnətdar mina missiya mitinq möhkəm mövzu mövqe
mübarizə
müdafiə müharibə mühüm müqavilə müqəddəs müraciət müstəqil müstəqillik mütəxəssis nağıl ildırım barmaq namaz
namus naxçıvan nazir
nazirlik neft neftçala nəfər nəfəs nəsil nəticə nizam noyabr nömrə nümayəndə nümayiş ocaq od oğul oğlan oktyabr
ordu orden orta ot otaq oyun öz ölkə ölüm ölü ömür ön önəm pambıq para parça park parlament pay payız
pəncərə plan polis prezident prinsip prokuror prosess putin qadağa qadın qala qalan qan qanad qanun qapı qar qara
qarabağ
qardaş qarı qarşı qazi qeyd qəbir qəbul qədim qəhrəman qələbə qələm qərar qərargah qərb qətl qətlə qətliam qətnamə
qəza
qəzet qıfıl qın qırğın qış qız qızıl qonaq qonşu qorxu qoşun qrup qul qurban qurum quş qüvvə qürur rayon razı rəhbər
rəhbərlik rəhmət rəis rəng rəqəm rəsmi rəy rol rus rusiya ruh sabah sakin sahə saat salam salyan san sarı səbəb səda
səfir səfirlik səhər səhifə sənəd sənət sərhəd səs silah sıra sina sir sinif siyasət siyasi soyqırım son sonra
sorğu sovet söhbət söz su sual sudan suriya sülh sürgün süni şah şahid şam şahidlik şərq şəhər şəhid şəhidlik şəkil
şəxs
şəxsiyyət şərəf şir şirkət şura şuşa tale tam tarix tərəf tərs təbrik tədbir təhlükə təhsil təxribat tələb tələbə
təklif təqvim tərəqqi təşkilat təşəkkür təzyiq təsdiq torpaq toplantı top toy türk türkiyə tutum uşaq un üç üçün
ürək
ümid ümumxalq üz üzgün üzv vali var vaxt vətən vətəndaş vəzifə vəziyyət vəkil vilayət xan yad yan yanvar yara yaralı
yarı yas yaş yaşıl yaxın yazı yazıçı yer yeni yeddi yol yoldaş yox yurd yuxu yük yüz yanğın zaman zavod zəfər zəng
zəka
zərbə zərər zülm zəlzələ ziya ziyarət
ağır alay ali azərbaycan azərbaycanlı binəqədi cavab cəlal cərrah daşkənd dekabr dəlil ekran ermənistan erməni
fevral fransa fransız gəncəli himn ildönümü imkan iyun iyul irs istehsal kommunist kremlin külək lenin leytenant
moskva nərimanov oxucu özbək polkovnik qafqaz qazax respublika rejim samur sentyabr stalin sumqayıt şəki şimal
tehran
tərtər tiflis tural ukrayna vyana yevlax zabit zəngilan avqust aprel bilik cəfər cənub general hüseyn kəlbəcər leyla
müttəfiq qubadlı qurultay sahib səlahiyyət təcavüz təcavüzkar tribunal universitet üsul yekun yubiley
basqın baskın say muzey arayış yürüş gediş giriş görüş alqış ədib dərbənd balakən mavzoley mühəndis atəşkəs şagird
laçın
naftalan ombudsman qax oğuz paris türkmən türkmənistan bosniya məhbus təyyarə hakim gəlir mətbəx mühit müəllim
müəllif mülki
mülk sistem səth sülhməramlı tank təlim təhqiqat təmin ünvan vida yardım
"""
AZERBAIJANI_VERBS = """
aç açıqla ağla ağrı al an anla apar ara arzula as aş at axtar az barışdır başla bax bağışla bağla bərpa bəslə bil
bildir
bit böl bölün burax çağır çap çat çək çıx çıxar dağıt danış de davam dayan dayandır dəy dəyiş dəstəklə dik dilə
dinlə
doğ dolan dön döy döyüş duy düş düşün eşit fərqlən gəl gətir gir göndər gör göstər götür gözlə güclən həll hərəkət
hesabla xatırla xatırlat iç idarə ilişdir imzala inan incit irəlilə işlə istə iştirak itir keç keçir kəs köç köçür
qadağan qal qaldır qalx qanad qarşıla qaytar qayıt qazan qazandır qət qılın qoru qorx qorxut qoş qoşul qov qovuş qoy
qur qurtar ləğv müəyyənləş nümayiş oxu otur öldür ölç öyrən ödə öp pislə poz qına qiymətləndir
rədd sal saxla say sənədləş seç sev soruş söylə sus sürgün şərh tanı tap tapşır təbliğ təqdirlə tərk tik tut toplan
topla toxun tökül tök tulla uç uğra unut uyğunlaş ümid ver vur yad yaran yarat yarala yaralan yaşa yaşat yat yay yaz
yer yetir yığ yığış yıx yol yürü zədələn kədərlən əsirgə oyan oyna bitir vurğula et get de
"""
# Words as they stand, without endings: with endings the same letters are mostly another word's.
AZERBAIJANI_ALONE = (
    "ilə ilk elə belə olan ölən olaraq uzun görə haqqında həm yenə bütün heç niyə öncə əvvəlcə başqa ancaq"
)
# Nouns whose end changes before an ending: oğul, oğlu; su, suyu; in Turkish also hak, hakkı.
AZERBAIJANI_SHORTENED = """
oğul:oğl ağız:ağz burun:burn alın:aln beyin:beyn boyun:boyn çiyin:çiyn fikir:fikr isim:ism ömür:ömr qəbir:qəbr
nəsil:nəsl şəkil:şəkl könül:könl ağıl:ağl sinif:sinf fəsil:fəsl ətir:ətr zülm:zülm höküm:hökm ovuc:ovc qarın:qarn
xeyir:xeyr su:suy ildönümü:ildönüm sahib:sahb cisim:cism nəfis:nəfs
"""
TURKISH_NOUNS = """
acı ad ada adalet adam adana adım ağaç ağır ağız ağrı aile akın akraba al alan altın ana anayasa ankara anı anıt
anlam anlaşma anne antlaşma ara araç arka arşiv arka asker aslan asya at ata atatürk ateş ay aydın ayak ayrıntı az
azerbaycan baba bağ bağımsız bağımsızlık bahar bakan bakanlık bakü bakış barış bas baskı baş başkan başkanlık
başka başsağlığı bayrak bayram bel belge bebek beş beyan bildiri bilgi bilim bin bina bir birlik boy boyun bölge
böyle
böyük burun bu bütün büyük büyükelçi can canlı cami ceza cephe cenaze cinayet cumhuriyet cumhurbaşkanı çağ çağrı çam
çay
çevre çiçek çocuk çok dağ dal dava değer değişiklik deniz deprem dergi ders destek devlet dil din diren direniş doğu
dolar dönem dost dua durum duvar düğün dün dünya düşman düzen ekim el elçi emin er ermeni ermenistan erdoğan ev
evlat
evlilik eylem eylül facia fakat fikir film fotoğraf gazete gazi gece gelin gemi genç gençlik general gerçek gök göl
gönül görev görüş göz gurur güç gül gün günah güven güvenlik güney güzel haber hak halk hafta hal hain hastane hata
hava
hayat hedef her hesap heyet hukuk hüküm hükümet hüzün ırak iç için iki il ilke ilişki imza inanç insan insanlık
iran isim israil istanbul istiklal iş işgal işçi italya iyi izin izmir kabul kadar kader kadın kalp kamp kan kanun
kapı
kar kara karabağ karar kardeş kardeşlik karşı kasım katil katliam kayıp kaza kazan kent kere kırgın kız kimse kişi
kitap
kitlesel koca kol komisyon konu konuşma konut kor kök köprü köy kul kuran kurban kurul kurum kuş kuvvet kuzey küçük
kül
kültür kürt liderlik lider liste mahkeme makam mal mart masum mayıs mayın mazlum meclis mektup merhum merkez mesaj
metin
mevcut mevlana meydan mezar millet milletvekili milli milyon mit moskova mutlu müdahale mühim müslüman müttefik
namaz
namus nefret neden nesil nitelik niyet nüfus ocak oda oğul okul olarak olay on onur ordu orman orta osmanlı oy ödül
olum ölüm ölü ömür ön önce önder öncü öneri önlem örnek öz özel özgür özgürlük para parça parlamento parti plan
polis
protesto rahmet rapor ray rejim renk resim resmi rol ruh rum rus rusya rüya saat sabah saha sahip sakin salon san
sanat savaş savcı saygı sayı ses sebep seçim sefer sefir selam sene sıra sınıf sınır sivil siyaset siyasi son sonra
sonuç
soru sorun sovyet soy soykırım söz su subay suç sudan sultan suriye sur süre sürgün şan şehir şehit şehitlik şeref
şirket
şubat tam tanık taraf tarih tatil tavır tehcir tek temel temmuz temsilci terör teşkilat toplantı toplum toprak top
töre
tören tutum türk türkiye uçak ulus ulusal umut un unsur ülke ümit üniversite ün üye vali vakıf vakit van vatan
vatandaş vefat veri vekil vicdan yakın yan yanlış yara yaralı yardım yargı yarın yas yasa yaş yasin yavru yazı yazar
yeni yemin yer yıl yıldönümü yol yok yurt yurttaş yüce yük yürek yüz yüzyıl zaman zafer zarar zulüm ziyaret
ağustos aralık başbakan dışişleri eğitim elçilik ezan hazine hocalı iğdır ilgi israf kafkas kuvay lenkeran mücadele
nahçıvan nato nisan sistem stalin sumgayıt tahran tiflis toplam ukrayna üzüntü vatansever yönetim yetim
gözyaşı yürüyüş giriş dönüş gidiş geliş çıkış bükreş anlayış mühendis ateşkes konsolos samsun hatay sivas kars muş
bitlis yunus lahey kıbrıs paris türkmen türkmenistan göçmen uzman öğretmen hakim kitabe konum yılan ilan hakem
grup kulüp
dört yıldız
yıldırım gözlem baskın
birey düzey yüzey
deney saray adem baltık cihan ezgi gelir hekim işlem kaynak lozan mekan öğretmen şahin temmuz zemin katılım yayın
kayın
"""
TURKISH_VERBS = """
aç açıkla ağla al an anla ara arzula as aş at azalt bağışla bağla bak barış başla başlat bekle belirt bil bildir bit
bitir
böl bul bulun çağır çal çalış çek çık çıkar çöz dağıt dağıl dayan davran de değiş değiştir demek destekle dik dile
dinle
diren doğ dol dolaş dön dur durdur duy düş düşün düzenle eleştir ertele fark gel geç geçir gerçekleş gerçekleştir
getir
gir git göm gönder gör göster götür gözle güçlen hatırla hatırlat hazırla hedefle hisset iç iddia ifade imzala inan
incele
iste işle ilet ilerle izle kabul kal kaldır kalk karşıla kat katıl kaybet kaz kazan kes kına kır kıy koru kork
korkut koş
koy kur kurtar kutla katlet nitele oku otur öldür öl ölç öğren öde önle öp parçala paylaş reddet sağla sakla sal
savaş savun say saygı seç selamla sev sor söyle sun sus sür sürdür sürükle tanı tanımla taşı tut topla toplan uç
uğra uğurla unut uygula ver vur vurgula yaralan yarala yaşa yaşat yap yat yay yayımla yayınla yaz yık yok yürü
yürüt yitir yargıla zorla suçla bırak hatırla et katıl duyur
"""
TURKISH_ALONE = "kendi ile ilk olan ölen olarak uzun basın göre hem yine bütün hiç niye önce ancak böyle öyle şöyle"
TURKISH_SHORTENED = """
oğul:oğl su:suy gözyaşı:gözyaş ağız:ağz burun:burn alın:aln beyin:beyn boyun:boyn fikir:fikr isim:ism ömür:ömr
kabir:kabr nesil:nesl
şekil:şekl
gönül:gönl akıl:akl sınıf:sınıf şehir:şehr izin:izn hüküm:hükm vakit:vakt metin:metn zulüm:zulm resim:resm ilim:ilm
kayıp:kayb hüzün:hüzn seyir:seyr nehir:nehr kısım:kısm vakıf:vakf asır:asr karın:karn göğüs:göğs nutuk:nutk
keşif:keşf
fetih:feth cisim:cism devir:devr emir:emr kayıt:kayd şükür:şükr sabır:sabr dert:derd hak:hakk af:aff his:hiss
hat:hatt sır:sırr üs:üss ret:redd yurt:yurd kurt:kurd ant:and renk:reng art:ard milletvekili:milletvekil
cumhurbaşkanı:cumhurbaşkan yıldönümü:yıldönüm
"""
