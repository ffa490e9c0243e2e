-- A store as the program wrote it whose schema was 1: the dossier of docs/dossier.md in two editions.
CREATE TABLE actor (
  id   INTEGER PRIMARY KEY,
  key  TEXT NOT NULL UNIQUE,
  wide INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "actor" VALUES(1,'iso3:ARG',0);
INSERT INTO "actor" VALUES(2,'iso3:CHL',0);
INSERT INTO "actor" VALUES(3,'org:holy-see',0);
INSERT INTO "actor" VALUES(4,'person:dante-caputo',0);
INSERT INTO "actor" VALUES(5,'person:jaime-del-valle',0);
CREATE TABLE assertion (
  statement INTEGER PRIMARY KEY,
  about TEXT NOT NULL, date INTEGER NOT NULL, key TEXT NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL
) STRICT;
INSERT INTO "assertion" VALUES(4,'beagle:nullity-1978',2946,'beagle:award-void-argentina',1,2);
CREATE TABLE batch (
  load   INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (load, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "batch" VALUES(1,0);
INSERT INTO "batch" VALUES(2,0);
CREATE TABLE code (
  statement INTEGER NOT NULL, n INTEGER NOT NULL,
  findScheme TEXT NOT NULL, findValue TEXT NOT NULL, scheme TEXT NOT NULL, value TEXT NOT NULL, actor TEXT NOT NULL,
  fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (statement, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE component (
  statement INTEGER NOT NULL, n INTEGER NOT NULL,
  whole TEXT NOT NULL, part TEXT NOT NULL, member INTEGER NOT NULL,
  fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (statement, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE dyad (
  a INTEGER NOT NULL, b INTEGER NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL, statement INTEGER NOT NULL, n INTEGER NOT NULL,
  aFrom INTEGER NOT NULL, aTo INTEGER NOT NULL, bFrom INTEGER NOT NULL, bTo INTEGER NOT NULL, alignment INTEGER NOT NULL,
  kind INTEGER NOT NULL, level INTEGER NOT NULL, topics INTEGER NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (a, b, start, key, statement, n)
) STRICT, WITHOUT ROWID;
INSERT INTO "dyad" VALUES(1,2,567,'beagle:beagle-islands',5,0,567,5601,567,5601,2,2,0,32,1,4611686018427387903);
INSERT INTO "dyad" VALUES(1,2,2946,'beagle:nullity-1978',7,0,2946,2947,2946,2947,1,8,0,32,1,4611686018427387903);
INSERT INTO "dyad" VALUES(1,2,3294,'beagle:montevideo-1979',6,0,3294,3295,3294,3295,1,1,0,4,1,2);
INSERT INTO "dyad" VALUES(1,2,3294,'beagle:montevideo-1979',14,0,3294,3295,3294,3295,1,1,0,4,2,4611686018427387903);
INSERT INTO "dyad" VALUES(1,2,5446,'beagle:peace-1984',8,1,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(1,2,5446,'beagle:peace-1984',8,3,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(1,2,5446,'beagle:peace-1984',8,8,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(1,2,5446,'beagle:peace-1984',8,10,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(1,3,3294,'beagle:montevideo-1979',6,1,3294,3295,3294,3295,1,1,0,4,1,2);
INSERT INTO "dyad" VALUES(1,3,3294,'beagle:montevideo-1979',14,1,3294,3295,3294,3295,1,1,0,4,2,4611686018427387903);
INSERT INTO "dyad" VALUES(1,4,5446,'beagle:peace-1984',8,0,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(1,4,5446,'beagle:peace-1984',8,4,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(1,5,5446,'beagle:peace-1984',8,2,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(1,5,5446,'beagle:peace-1984',8,9,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(2,3,3294,'beagle:montevideo-1979',6,2,3294,3295,3294,3295,1,1,0,4,1,2);
INSERT INTO "dyad" VALUES(2,3,3294,'beagle:montevideo-1979',14,2,3294,3295,3294,3295,1,1,0,4,2,4611686018427387903);
INSERT INTO "dyad" VALUES(2,4,5446,'beagle:peace-1984',8,5,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(2,4,5446,'beagle:peace-1984',8,7,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(2,5,5446,'beagle:peace-1984',8,11,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(2,5,5446,'beagle:peace-1984',8,12,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
INSERT INTO "dyad" VALUES(4,5,5446,'beagle:peace-1984',8,6,5446,1073741823,5446,1073741823,1,1,0,36,1,4611686018427387903);
CREATE TABLE engagement (
  statement INTEGER PRIMARY KEY,
  key TEXT NOT NULL, start INTEGER NOT NULL,
  kind INTEGER NOT NULL, level INTEGER NOT NULL, topics INTEGER NOT NULL,
  startMin INTEGER NOT NULL, startMax INTEGER NOT NULL, endMin INTEGER NOT NULL, endMax INTEGER NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL
) STRICT;
INSERT INTO "engagement" VALUES(5,'beagle:beagle-islands',567,2,0,32,567,567,5600,5600,1,4611686018427387903);
INSERT INTO "engagement" VALUES(6,'beagle:montevideo-1979',3294,1,0,4,3294,3294,3294,3294,1,2);
INSERT INTO "engagement" VALUES(7,'beagle:nullity-1978',2946,8,0,32,2946,2946,2946,2946,1,4611686018427387903);
INSERT INTO "engagement" VALUES(8,'beagle:peace-1984',5446,1,0,36,5446,5446,1073741823,1073741823,1,4611686018427387903);
INSERT INTO "engagement" VALUES(14,'beagle:montevideo-1979',3294,1,0,4,3294,3294,3294,3294,2,4611686018427387903);
CREATE TABLE existence (
  statement INTEGER NOT NULL, n INTEGER NOT NULL,
  key TEXT NOT NULL, kind TEXT NOT NULL, said INTEGER NOT NULL,
  fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (statement, n)
) STRICT, WITHOUT ROWID;
INSERT INTO "existence" VALUES(1,0,'org:holy-see','ORGANIZATION',0,-1073741824,1073741823,1,4611686018427387903);
INSERT INTO "existence" VALUES(2,0,'person:dante-caputo','PERSON',0,-1073741824,1073741823,1,4611686018427387903);
INSERT INTO "existence" VALUES(3,0,'person:jaime-del-valle','PERSON',0,-1073741824,1073741823,1,4611686018427387903);
CREATE TABLE load (
  number   INTEGER PRIMARY KEY,
  state    TEXT NOT NULL CHECK (state IN ('open', 'discarding', 'discarded', 'committed')),
  token    TEXT NOT NULL,
  expires  INTEGER NOT NULL,
  holder   TEXT NOT NULL,
  opened   INTEGER NOT NULL,
  recorded INTEGER,
  source   TEXT NOT NULL,
  slices   TEXT NOT NULL,
  files    TEXT NOT NULL,
  program  TEXT NOT NULL,
  note     TEXT NOT NULL,
  added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, retracted INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0, quarantined INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "load" VALUES(1,'committed','',1795677905116,'process 8571 on analyst',1795677875075,1795677875116,'beagle','[{"Source":"beagle","ID":"beagle"}]','[{"Name":"beagle.yaml","SHA256":"6fcdc04aaa10978e7c0c650373ac353515e04787a5da248dbec3b3df34b80cc3","Size":3115}]','development','',13,0,0,0,0);
INSERT INTO "load" VALUES(2,'committed','',1795677905423,'process 8579 on analyst',1795677875378,1795677875423,'beagle','[{"Source":"beagle","ID":"beagle"}]','[{"Name":"beagle2.yaml","SHA256":"57ed279da3c606267b772e4cea888ca69cb715cf72a2bf4679811b6099d5cd05","Size":2966}]','development','',0,2,1,10,0);
CREATE TABLE part (
  statement INTEGER NOT NULL, actor INTEGER NOT NULL, n INTEGER NOT NULL,
  involvement TEXT NOT NULL, side TEXT NOT NULL, fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL,
  start INTEGER NOT NULL, key TEXT NOT NULL, wide INTEGER NOT NULL,
  kind INTEGER NOT NULL, level INTEGER NOT NULL, topics INTEGER NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (statement, actor, n)
) STRICT, WITHOUT ROWID;
INSERT INTO "part" VALUES(5,1,0,'DIRECT','a',567,5601,567,'beagle:beagle-islands',0,2,0,32,1,4611686018427387903);
INSERT INTO "part" VALUES(5,2,1,'DIRECT','b',567,5601,567,'beagle:beagle-islands',0,2,0,32,1,4611686018427387903);
INSERT INTO "part" VALUES(6,1,0,'DIRECT','',3294,3295,3294,'beagle:montevideo-1979',0,1,0,4,1,2);
INSERT INTO "part" VALUES(6,2,1,'DIRECT','',3294,3295,3294,'beagle:montevideo-1979',0,1,0,4,1,2);
INSERT INTO "part" VALUES(6,3,2,'DIRECT','',3294,3295,3294,'beagle:montevideo-1979',0,1,0,4,1,2);
INSERT INTO "part" VALUES(7,1,0,'DIRECT','',2946,2947,2946,'beagle:nullity-1978',0,8,0,32,1,4611686018427387903);
INSERT INTO "part" VALUES(7,2,1,'DIRECT','',2946,2947,2946,'beagle:nullity-1978',0,8,0,32,1,4611686018427387903);
INSERT INTO "part" VALUES(8,1,0,'DIRECT','',5446,1073741823,5446,'beagle:peace-1984',0,1,0,36,1,4611686018427387903);
INSERT INTO "part" VALUES(8,1,2,'REPRESENTED','',5446,1073741823,5446,'beagle:peace-1984',0,1,0,36,1,4611686018427387903);
INSERT INTO "part" VALUES(8,2,3,'DIRECT','',5446,1073741823,5446,'beagle:peace-1984',0,1,0,36,1,4611686018427387903);
INSERT INTO "part" VALUES(8,2,5,'REPRESENTED','',5446,1073741823,5446,'beagle:peace-1984',0,1,0,36,1,4611686018427387903);
INSERT INTO "part" VALUES(8,4,1,'DIRECT','',5446,1073741823,5446,'beagle:peace-1984',0,1,0,36,1,4611686018427387903);
INSERT INTO "part" VALUES(8,5,4,'DIRECT','',5446,1073741823,5446,'beagle:peace-1984',0,1,0,36,1,4611686018427387903);
INSERT INTO "part" VALUES(14,1,0,'DIRECT','',3294,3295,3294,'beagle:montevideo-1979',0,1,0,4,2,4611686018427387903);
INSERT INTO "part" VALUES(14,2,1,'DIRECT','',3294,3295,3294,'beagle:montevideo-1979',0,1,0,4,2,4611686018427387903);
INSERT INTO "part" VALUES(14,3,2,'DIRECT','',3294,3295,3294,'beagle:montevideo-1979',0,1,0,4,2,4611686018427387903);
CREATE TABLE statement (
  id           INTEGER PRIMARY KEY,
  source       TEXT NOT NULL,
  slice        TEXT NOT NULL,
  kind         TEXT NOT NULL,
  key          TEXT NOT NULL,
  hash         BLOB NOT NULL,
  recordedFrom INTEGER NOT NULL,
  recordedTo   INTEGER NOT NULL,
  body         TEXT NOT NULL,
  locator      TEXT NOT NULL
) STRICT;
INSERT INTO "statement" VALUES(1,'beagle','beagle','actor','org:holy-see',X'29D435A67CECF01196F252B6C924A75BE35F7952C3C84566E1D8F922F7B344DB',1,4611686018427387903,'{"key":"org:holy-see","kind":"ORGANIZATION","names":[{"text":"Holy See","lang":"en"},{"text":"Santa Sede","lang":"es"}],"citations":[{"source":"beagle"}]}','beagle.yaml:25');
INSERT INTO "statement" VALUES(2,'beagle','beagle','actor','person:dante-caputo',X'2220C5077EEF8B8FE65E5239EE48D55FF4DCA8A8D52C7BEF990FEC707AFF5FC1',1,4611686018427387903,'{"key":"person:dante-caputo","kind":"PERSON","names":[{"text":"Dante Caputo","lang":"es"}],"citations":[{"source":"beagle"}]}','beagle.yaml:28');
INSERT INTO "statement" VALUES(3,'beagle','beagle','actor','person:jaime-del-valle',X'3D50895D9F191692B4EF1C6004BA275EC1F3A181D1ECFA550E2B2AB1B54FBC65',1,4611686018427387903,'{"key":"person:jaime-del-valle","kind":"PERSON","names":[{"text":"Jaime del Valle","lang":"es"}],"citations":[{"source":"beagle"}]}','beagle.yaml:29');
INSERT INTO "statement" VALUES(4,'beagle','beagle','assertion','beagle:award-void-argentina',X'5C14560D2AC4B882CF381C357A6D638BB5AD29B55694C996594B367D4FCB7BB9',1,2,'{"key":"beagle:award-void-argentina","about":"beagle:nullity-1978","author":"iso3:ARG","stance":"DENIES","text":"The award binds Argentina.","date":"1978-01-25","citations":[{"source":"beagle"}]}','beagle.yaml:98');
INSERT INTO "statement" VALUES(5,'beagle','beagle','engagement','beagle:beagle-islands',X'EDE39C7D9E24D9452C5FE9E1BA02824BBCB879D513813F0396BECD7F8A7423D2',1,4611686018427387903,'{"key":"beagle:beagle-islands","kind":"DISPUTE","titles":[{"text":"Sovereignty over Picton, Nueva and Lennox","lang":"en"}],"topics":["TERRITORY"],"period":{"start":"1971-07-22","end":"1985-05-02"},"participations":[{"actor":"iso3:ARG","role":"PARTY","side":"a","position":"The channel bends so that the islands lie on the Atlantic side."},{"actor":"iso3:CHL","role":"PARTY","side":"b","position":"The islands lie south of the channel and are Chilean."}],"related":["beagle:peace-1984"],"citations":[{"work":"beagle:riaa-21"}],"form":"CLAIM"}','beagle.yaml:40');
INSERT INTO "statement" VALUES(6,'beagle','beagle','engagement','beagle:montevideo-1979',X'E4F79653A35BDD00D1F7B774B66F52390B0A066E2BBF2E263434BAD37D5CA2DE',1,2,'{"key":"beagle:montevideo-1979","kind":"AGREEMENT","titles":[{"text":"Act of Montevideo","lang":"en"},{"text":"Acta de Montevideo","lang":"es"}],"topics":["DIPLOMACY"],"period":{"start":"1979-01-08","end":"1979-01-08"},"place":"Montevideo","participations":[{"actor":"iso3:ARG","role":"PARTY"},{"actor":"iso3:CHL","role":"PARTY"},{"actor":"org:holy-see","role":"MEDIATOR"}],"effects":[{"type":"UPGRADES","topic":"DIPLOMACY","between":["iso3:ARG","iso3:CHL"],"date":"1979-01-08","because":["beagle:nullity-1978"]}],"citations":[{"work":"beagle:unts-1137","locator":"paragraph 1"}],"form":"AGREEMENT","stages":[{"stage":"SIGNED","date":"1979-01-08"}],"partiesComplete":true}','beagle.yaml:52');
INSERT INTO "statement" VALUES(7,'beagle','beagle','engagement','beagle:nullity-1978',X'5FC83EB4D54CB55B52480AC31A1345532DA2E9A681E269AFAFB22A0466DA0901',1,4611686018427387903,'{"key":"beagle:nullity-1978","kind":"ACT","titles":[{"text":"Argentina declares the award null","lang":"en"}],"topics":["TERRITORY"],"period":{"start":"1978-01-25","end":"1978-01-25"},"summary":"The award of 1977 had given the islands to Chile.","participations":[{"actor":"iso3:ARG","role":"BY"},{"actor":"iso3:CHL","role":"TOWARD"}],"partOf":["beagle:beagle-islands"],"effects":[{"type":"DOWNGRADES","topic":"DIPLOMACY","between":["iso3:ARG","iso3:CHL"],"date":"1978-01-25"}],"citations":[{"source":"beagle"}],"type":"REJECTION"}','beagle.yaml:85');
INSERT INTO "statement" VALUES(8,'beagle','beagle','engagement','beagle:peace-1984',X'A11C040C9B11AF7BF0471A82023A248565FB5CF7C83B50B060E3FC76120E1310',1,4611686018427387903,'{"key":"beagle:peace-1984","kind":"AGREEMENT","titles":[{"text":"Treaty of Peace and Friendship","lang":"en"}],"topics":["TERRITORY","DIPLOMACY"],"period":{"start":"1984-11-29","why":"ONGOING"},"place":"Vatican City","summary":"Settles the boundary in the channel and forswears force.","participations":[{"actor":"iso3:ARG","role":"PARTY"},{"actor":"person:dante-caputo","role":"REPRESENTATIVE","onBehalfOf":"iso3:ARG"},{"actor":"iso3:CHL","role":"PARTY"},{"actor":"person:jaime-del-valle","role":"REPRESENTATIVE","onBehalfOf":"iso3:CHL"}],"related":["beagle:beagle-islands"],"citations":[{"work":"beagle:unts-1399","supports":"signed, in-force"}],"form":"TREATY","stages":[{"stage":"SIGNED","date":"1984-11-29"},{"stage":"IN_FORCE","date":"1985-05-02"}],"partiesComplete":true}','beagle.yaml:69');
INSERT INTO "statement" VALUES(9,'beagle','beagle','source','beagle',X'B81B598DD548D57CBBC2FAE894753572DC354B20F6211CF2DEDFB19DD306A9B8',1,4611686018427387903,'{"key":"beagle","kind":"DOSSIER","title":"Argentina, Chile and the Beagle Channel","version":"2026-01-15","license":"CC0-1.0","language":"en","bibtex":"@misc{beagle,\n  title = {{Argentina, Chile and the Beagle Channel}},\n  year = {2026},\n  note = {Dossier beagle, version 2026-01-15, CC0-1.0}\n}\n","coverage":[{"from":"1971","to":"1985-12-31","complete":false}]}','beagle.yaml:2');
INSERT INTO "statement" VALUES(10,'beagle','beagle','tenure','beagle:caputo-foreign-1983',X'44BC882A8CE8A84E27C5EF6F92D2A756C6EC4FE7D29A30BD5A5677A1646DDBC6',1,4611686018427387903,'{"key":"beagle:caputo-foreign-1983","person":"person:dante-caputo","office":"Minister of Foreign Affairs","of":"iso3:ARG","period":{"start":"1983-12-10","end":"1989-05?"},"citations":[{"source":"beagle"}]}','beagle.yaml:32');
INSERT INTO "statement" VALUES(11,'beagle','beagle','work','beagle:riaa-21',X'AFB8E24F5B6A494B405D901829D98C7FA055279E190729FD60CC2BD022E6D559',1,4611686018427387903,'{"key":"beagle:riaa-21","title":"Dispute between Argentina and Chile concerning the Beagle Channel","publisher":"United Nations, Reports of International Arbitral Awards XXI","date":"1977","language":"en","read":true}','beagle.yaml:10');
INSERT INTO "statement" VALUES(12,'beagle','beagle','work','beagle:unts-1137',X'30C505312F1684335BD7D43E6A6F0D1E6B63FE401A6A0A48A96174675FB049F7',1,2,'{"key":"beagle:unts-1137","title":"Act of Montevideo","publisher":"United Nations Treaty Series 1137","language":"es","read":true}','beagle.yaml:14');
INSERT INTO "statement" VALUES(13,'beagle','beagle','work','beagle:unts-1399',X'5F03E96DB41901B8942F5671EC98C0D65179A72E322D48497CFA14B98FF81490',1,4611686018427387903,'{"key":"beagle:unts-1399","title":"Treaty of peace and friendship between Chile and Argentina","publisher":"United Nations Treaty Series 1399","language":"es","read":false}','beagle.yaml:18');
INSERT INTO "statement" VALUES(14,'beagle','beagle','engagement','beagle:montevideo-1979',X'BFD180B4AB05F723042816F0DEE12502E5C64403CB30026819980290C0C2CEE2',2,4611686018427387903,'{"key":"beagle:montevideo-1979","kind":"AGREEMENT","titles":[{"text":"Act of Montevideo (1979)","lang":"en"},{"text":"Acta de Montevideo","lang":"es"}],"topics":["DIPLOMACY"],"period":{"start":"1979-01-08","end":"1979-01-08"},"place":"Montevideo","participations":[{"actor":"iso3:ARG","role":"PARTY"},{"actor":"iso3:CHL","role":"PARTY"},{"actor":"org:holy-see","role":"MEDIATOR"}],"effects":[{"type":"UPGRADES","topic":"DIPLOMACY","between":["iso3:ARG","iso3:CHL"],"date":"1979-01-08","because":["beagle:nullity-1978"]}],"citations":[{"work":"beagle:unts-1137","locator":"paragraph 1"}],"form":"AGREEMENT","stages":[{"stage":"SIGNED","date":"1979-01-08"}],"partiesComplete":true}','beagle2.yaml:52');
INSERT INTO "statement" VALUES(15,'beagle','beagle','work','beagle:unts-1137',X'45573D37D053F4FB8F2506F2284779BDBB20E5B9BF03BC137B9B9DBBDC30BAEE',2,4611686018427387903,'{"key":"beagle:unts-1137","title":"Act of Montevideo (1979)","publisher":"United Nations Treaty Series 1137","language":"es","read":true}','beagle2.yaml:14');
CREATE TABLE store (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  id     TEXT NOT NULL,
  head   INTEGER NOT NULL,
  burned INTEGER NOT NULL
) STRICT;
INSERT INTO "store" VALUES(1,'GD3V3CQIJ7YX5JQQPQPSULHBDH',2,2);
CREATE TABLE tenure (
  statement INTEGER PRIMARY KEY,
  person TEXT NOT NULL, of TEXT NOT NULL, office TEXT NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL,
  fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL
) STRICT;
INSERT INTO "tenure" VALUES(10,'person:dante-caputo','iso3:ARG','minister of foreign affairs',5091,'beagle:caputo-foreign-1983',5091,7121,1,4611686018427387903);
CREATE TABLE term (
  statement INTEGER NOT NULL, n INTEGER NOT NULL,
  whole INTEGER NOT NULL, term TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (statement, n)
) STRICT, WITHOUT ROWID;
INSERT INTO "term" VALUES(7,0,0,'1978','ENGAGEMENT','beagle:nullity-1978',1,4611686018427387903);
INSERT INTO "term" VALUES(6,0,0,'1979','ENGAGEMENT','beagle:montevideo-1979',1,2);
INSERT INTO "term" VALUES(14,0,0,'1979','ENGAGEMENT','beagle:montevideo-1979',2,4611686018427387903);
INSERT INTO "term" VALUES(8,0,0,'1984','ENGAGEMENT','beagle:peace-1984',1,4611686018427387903);
INSERT INTO "term" VALUES(6,1,0,'act','ENGAGEMENT','beagle:montevideo-1979',1,2);
INSERT INTO "term" VALUES(14,1,0,'act','ENGAGEMENT','beagle:montevideo-1979',2,4611686018427387903);
INSERT INTO "term" VALUES(6,3,0,'acta','ENGAGEMENT','beagle:montevideo-1979',1,2);
INSERT INTO "term" VALUES(14,3,0,'acta','ENGAGEMENT','beagle:montevideo-1979',2,4611686018427387903);
INSERT INTO "term" VALUES(5,0,0,'and','ENGAGEMENT','beagle:beagle-islands',1,4611686018427387903);
INSERT INTO "term" VALUES(8,1,0,'and','ENGAGEMENT','beagle:peace-1984',1,4611686018427387903);
INSERT INTO "term" VALUES(7,1,0,'argentina','ENGAGEMENT','beagle:nullity-1978',1,4611686018427387903);
INSERT INTO "term" VALUES(7,3,0,'award','ENGAGEMENT','beagle:nullity-1978',1,4611686018427387903);
INSERT INTO "term" VALUES(5,1,0,'beagle','ENGAGEMENT','beagle:beagle-islands',1,4611686018427387903);
INSERT INTO "term" VALUES(2,0,0,'caputo','ACTOR','person:dante-caputo',1,4611686018427387903);
INSERT INTO "term" VALUES(2,1,0,'dante','ACTOR','person:dante-caputo',1,4611686018427387903);
INSERT INTO "term" VALUES(6,5,0,'de','ENGAGEMENT','beagle:montevideo-1979',1,2);
INSERT INTO "term" VALUES(14,5,0,'de','ENGAGEMENT','beagle:montevideo-1979',2,4611686018427387903);
INSERT INTO "term" VALUES(7,4,0,'declares','ENGAGEMENT','beagle:nullity-1978',1,4611686018427387903);
INSERT INTO "term" VALUES(3,0,0,'del','ACTOR','person:jaime-del-valle',1,4611686018427387903);
INSERT INTO "term" VALUES(8,2,0,'friendship','ENGAGEMENT','beagle:peace-1984',1,4611686018427387903);
INSERT INTO "term" VALUES(1,0,0,'holy','ACTOR','org:holy-see',1,4611686018427387903);
INSERT INTO "term" VALUES(5,2,0,'islands','ENGAGEMENT','beagle:beagle-islands',1,4611686018427387903);
INSERT INTO "term" VALUES(3,1,0,'jaime','ACTOR','person:jaime-del-valle',1,4611686018427387903);
INSERT INTO "term" VALUES(5,3,0,'lennox','ENGAGEMENT','beagle:beagle-islands',1,4611686018427387903);
INSERT INTO "term" VALUES(6,6,0,'montevideo','ENGAGEMENT','beagle:montevideo-1979',1,2);
INSERT INTO "term" VALUES(14,6,0,'montevideo','ENGAGEMENT','beagle:montevideo-1979',2,4611686018427387903);
INSERT INTO "term" VALUES(5,4,0,'nueva','ENGAGEMENT','beagle:beagle-islands',1,4611686018427387903);
INSERT INTO "term" VALUES(7,5,0,'null','ENGAGEMENT','beagle:nullity-1978',1,4611686018427387903);
INSERT INTO "term" VALUES(7,6,0,'nullity','ENGAGEMENT','beagle:nullity-1978',1,4611686018427387903);
INSERT INTO "term" VALUES(6,7,0,'of','ENGAGEMENT','beagle:montevideo-1979',1,2);
INSERT INTO "term" VALUES(14,7,0,'of','ENGAGEMENT','beagle:montevideo-1979',2,4611686018427387903);
INSERT INTO "term" VALUES(8,3,0,'of','ENGAGEMENT','beagle:peace-1984',1,4611686018427387903);
INSERT INTO "term" VALUES(5,5,0,'over','ENGAGEMENT','beagle:beagle-islands',1,4611686018427387903);
INSERT INTO "term" VALUES(8,4,0,'peace','ENGAGEMENT','beagle:peace-1984',1,4611686018427387903);
INSERT INTO "term" VALUES(5,6,0,'picton','ENGAGEMENT','beagle:beagle-islands',1,4611686018427387903);
INSERT INTO "term" VALUES(1,2,0,'santa','ACTOR','org:holy-see',1,4611686018427387903);
INSERT INTO "term" VALUES(1,4,0,'sede','ACTOR','org:holy-see',1,4611686018427387903);
INSERT INTO "term" VALUES(1,5,0,'see','ACTOR','org:holy-see',1,4611686018427387903);
INSERT INTO "term" VALUES(5,7,0,'sovereignty','ENGAGEMENT','beagle:beagle-islands',1,4611686018427387903);
INSERT INTO "term" VALUES(7,7,0,'the','ENGAGEMENT','beagle:nullity-1978',1,4611686018427387903);
INSERT INTO "term" VALUES(8,5,0,'treaty','ENGAGEMENT','beagle:peace-1984',1,4611686018427387903);
INSERT INTO "term" VALUES(3,3,0,'valle','ACTOR','person:jaime-del-valle',1,4611686018427387903);
INSERT INTO "term" VALUES(6,2,1,'act of montevideo','ENGAGEMENT','beagle:montevideo-1979',1,2);
INSERT INTO "term" VALUES(14,2,1,'act of montevideo (1979)','ENGAGEMENT','beagle:montevideo-1979',2,4611686018427387903);
INSERT INTO "term" VALUES(6,4,1,'acta de montevideo','ENGAGEMENT','beagle:montevideo-1979',1,2);
INSERT INTO "term" VALUES(14,4,1,'acta de montevideo','ENGAGEMENT','beagle:montevideo-1979',2,4611686018427387903);
INSERT INTO "term" VALUES(7,2,1,'argentina declares the award null','ENGAGEMENT','beagle:nullity-1978',1,4611686018427387903);
INSERT INTO "term" VALUES(2,2,1,'dante caputo','ACTOR','person:dante-caputo',1,4611686018427387903);
INSERT INTO "term" VALUES(1,1,1,'holy see','ACTOR','org:holy-see',1,4611686018427387903);
INSERT INTO "term" VALUES(3,2,1,'jaime del valle','ACTOR','person:jaime-del-valle',1,4611686018427387903);
INSERT INTO "term" VALUES(1,3,1,'santa sede','ACTOR','org:holy-see',1,4611686018427387903);
INSERT INTO "term" VALUES(5,8,1,'sovereignty over picton, nueva and lennox','ENGAGEMENT','beagle:beagle-islands',1,4611686018427387903);
INSERT INTO "term" VALUES(8,6,1,'treaty of peace and friendship','ENGAGEMENT','beagle:peace-1984',1,4611686018427387903);
CREATE TABLE tie (
  statement INTEGER NOT NULL, n INTEGER NOT NULL,
  a TEXT NOT NULL, b TEXT NOT NULL, topic INTEGER NOT NULL, start INTEGER NOT NULL, key TEXT NOT NULL,
  fromDay INTEGER NOT NULL, toDay INTEGER NOT NULL, recordedFrom INTEGER NOT NULL, recordedTo INTEGER NOT NULL,
  PRIMARY KEY (statement, n)
) STRICT, WITHOUT ROWID;
INSERT INTO "tie" VALUES(7,0,'iso3:ARG','iso3:CHL',4,2946,'beagle:nullity-1978',2946,2947,1,4611686018427387903);
INSERT INTO "tie" VALUES(6,0,'iso3:ARG','iso3:CHL',4,3294,'beagle:montevideo-1979',3294,3295,1,2);
INSERT INTO "tie" VALUES(14,0,'iso3:ARG','iso3:CHL',4,3294,'beagle:montevideo-1979',3294,3295,2,4611686018427387903);
INSERT INTO "tie" VALUES(8,1,'iso3:ARG','iso3:CHL',4,5446,'beagle:peace-1984',5446,1073741823,1,4611686018427387903);
INSERT INTO "tie" VALUES(5,0,'iso3:ARG','iso3:CHL',32,567,'beagle:beagle-islands',567,5601,1,4611686018427387903);
INSERT INTO "tie" VALUES(8,0,'iso3:ARG','iso3:CHL',32,5446,'beagle:peace-1984',5446,1073741823,1,4611686018427387903);
CREATE UNIQUE INDEX load_open ON load ((1)) WHERE state IN ('open', 'discarding');
CREATE UNIQUE INDEX statement_key ON statement (kind, key, source, recordedTo);
CREATE INDEX statement_manifest ON statement (source, slice, kind, key, recordedFrom, recordedTo, hash);
CREATE INDEX statement_recorded ON statement (recordedFrom);
CREATE INDEX statement_closed ON statement (recordedTo) WHERE recordedTo < 4611686018427387903;
CREATE INDEX engagement_start ON engagement (start, key, statement, recordedFrom, recordedTo, kind, level, topics);
CREATE INDEX engagement_key ON engagement (key, start, statement, recordedFrom, recordedTo, kind, level, topics);
CREATE INDEX part_actor ON part (actor, start, key, statement, fromDay, toDay, recordedFrom, recordedTo, kind, level, topics);
CREATE INDEX part_wide ON part (actor, start, key, statement, side, fromDay, toDay, recordedFrom, recordedTo, kind, level, topics) WHERE wide = 1;
CREATE INDEX tie_a ON tie (a, b, topic, start, key, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX tie_b ON tie (b, a, topic, recordedFrom, recordedTo);
CREATE INDEX code_find ON code (findValue, findScheme, scheme, value, actor, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX component_part ON component (part, member, whole, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX component_whole ON component (whole, member, part, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX existence_key ON existence (key, kind, said, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX tenure_person ON tenure (person, start, key, statement, of, office, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX tenure_of ON tenure (of, start, key, statement, office, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX tenure_start ON tenure (start, key, statement, office, fromDay, toDay, recordedFrom, recordedTo);
CREATE INDEX assertion_about ON assertion (about, date, key, statement, recordedFrom, recordedTo);
CREATE INDEX term_find ON term (whole, term, kind, key, recordedFrom, recordedTo);
CREATE VIEW statements AS
  SELECT s.id, s.source, s.slice, s.kind, s.key, s.recordedFrom AS load, s.body, s.locator
  FROM store CROSS JOIN statement s
  WHERE s.recordedFrom <= store.head AND s.recordedTo > store.head;
CREATE VIEW sources AS
  SELECT key, body ->> '$.title' AS title, body ->> '$.version' AS version, body ->> '$.license' AS license, load
  FROM statements WHERE kind = 'source';
CREATE VIEW actors AS
  SELECT key, source, body ->> '$.kind' AS kind, body ->> '$.names[0].text' AS name, load
  FROM statements WHERE kind = 'actor';
CREATE VIEW engagements AS
  SELECT key, source, body ->> '$.kind' AS kind, body ->> '$.titles[0].text' AS title,
    body ->> '$.period.start' AS start, body ->> '$.period.end' AS "end", body ->> '$.period.why' AS why,
    body ->> '$.level' AS level, body ->> '$.topics' AS topics, load
  FROM statements WHERE kind = 'engagement';
CREATE VIEW participations AS
  SELECT s.key AS engagement, s.source, p.value ->> '$.actor' AS actor, p.value ->> '$.role' AS role,
    p.value ->> '$.side' AS side, p.value ->> '$.onBehalfOf' AS onBehalfOf,
    p.value ->> '$.period.start' AS start, p.value ->> '$.period.end' AS "end", s.load
  FROM statements s, json_each(s.body, '$.participations') p WHERE s.kind = 'engagement';
CREATE VIEW effects AS
  SELECT s.key AS engagement, s.source, f.value ->> '$.type' AS type, f.value ->> '$.topic' AS topic,
    f.value ->> '$.strand' AS strand, f.value ->> '$.date' AS date, f.value ->> '$.between' AS actors, s.load
  FROM statements s, json_each(s.body, '$.effects') f WHERE s.kind = 'engagement';
CREATE VIEW tenures AS
  SELECT key, source, body ->> '$.person' AS person, body ->> '$.office' AS office, body ->> '$.of' AS of,
    body ->> '$.period.start' AS start, body ->> '$.period.end' AS "end", load
  FROM statements WHERE kind = 'tenure';
CREATE VIEW memberships AS
  SELECT key, source, body ->> '$.member' AS member, body ->> '$.organization' AS organization,
    body ->> '$.status' AS status, body ->> '$.period.start' AS start, body ->> '$.period.end' AS "end", load
  FROM statements WHERE kind = 'membership';
CREATE VIEW assertions AS
  SELECT key, source, body ->> '$.about' AS about, coalesce(body ->> '$.author', body ->> '$.work') AS author,
    body ->> '$.stance' AS stance, body ->> '$.text' AS text, body ->> '$.date' AS date, load
  FROM statements WHERE kind = 'assertion';
CREATE VIEW loads AS
  SELECT number, source, strftime('%Y-%m-%dT%H:%M:%SZ', recorded / 1000, 'unixepoch') AS recorded, program,
    added, changed, retracted, unchanged, quarantined, note
  FROM load WHERE state = 'committed';
PRAGMA application_id = 1164866661; PRAGMA user_version = 1;
