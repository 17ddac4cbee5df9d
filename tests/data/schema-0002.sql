PRAGMA application_id=1129273168;
PRAGMA user_version=2;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE change (
    state_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    edit_id VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    model INTEGER NOT NULL,
    label VARCHAR NOT NULL,
    forward VARCHAR NOT NULL,
    inverse VARCHAR NOT NULL,
    undo_of INTEGER,
    below INTEGER,
    PRIMARY KEY (state_id, seq),
    FOREIGN KEY(state_id) REFERENCES state (id),
    UNIQUE (edit_id)
);
INSERT INTO "change" VALUES(1,1,'0000000000000001-2','2026-11-23T14:02:11Z','ann','edit',1,'import claims.cow.yaml','{"scope":{"is":"scope","id":"scope","goal":"pay what is owed","volume":{"likely":120,"per":"day"},"days_a_week":5,"hours_a_day":28800,"currency":"EUR"},"insurer":{"is":"pool","id":"insurer","name":"Insurer","order":"V"},"intake":{"is":"lane","id":"intake","name":"Intake","order":"V","pool":"insurer","people":{"likely":3000},"persons":["ines"]},"ines":{"is":"person","id":"ines","name":"Inés Ortega 審","role":"clerk","alias":"I1"},"start":{"is":"event","id":"start","name":"Claim arrives","number":"1","order":"1","lane":"intake","place":"start","trigger":"message"},"register":{"is":"task","id":"register","name":"Register the claim","number":"2","order":"2","lane":"intake","touch":{"low":240,"likely":420,"high":900,"basis":"estimated","by":"ines","clock":"working"},"systems":["crm"],"reads":["file"],"performers":["ines"],"kind":"user","value":"BVA","skills":["typing"]},"ok":{"is":"gateway","id":"ok","name":"Complete?","number":"3","order":"3","lane":"intake"},"pay":{"is":"subprocess","id":"pay","name":"Pay","number":"4","order":"4","process":"Payments"},"end":{"is":"event","id":"end","name":"Closed","number":"5","order":"5","place":"end"},"f1":{"is":"flow","id":"f1","source":"start","target":"register","order":"1"},"f2":{"is":"flow","id":"f2","source":"register","target":"ok","order":"2"},"f3":{"is":"flow","id":"f3","name":"yes","source":"ok","target":"pay","order":"3","share":{"likely":700000}},"f4":{"is":"flow","id":"f4","name":"no","source":"ok","target":"register","order":"4","route":"failure","channel":"e-mail"},"f5":{"is":"flow","id":"f5","source":"pay","target":"end","order":"5"},"crm":{"is":"system","id":"crm","name":"CRM","kind":"system of record"},"model":{"is":"system","id":"model","name":"Triage","kind":"AI model","owner":"ines"},"if1":{"is":"interface","id":"if1","source":"crm","target":"model","kind":"re-keying"},"file":{"is":"data","id":"file","name":"Claim file","form":"free text","system":"crm"},"t1":{"is":"tribal","id":"t1","name":"which garages cheat","on":"register","holders":["ines"]},"w1":{"is":"workaround","id":"w1","name":"a list in a drawer","on":"f4","frequency":{"likely":300000}},"a1":{"is":"ai-output","id":"a1","name":"severity","on":"register","reviewer":"ines","review_share":{"likely":1000000},"reviewer_may":["change","stop"]},"c1":{"is":"control","id":"c1","name":"four eyes","on":"pay","kind":"preventive"},"o1":{"is":"observation","id":"o1","name":"Mondays","on":"intake","kind":"heroics"},"m1":{"is":"measure","id":"m1","name":"lead time","unit":"h","baseline":{"low":41000,"high":96000},"owner":"ines","actuals":[{"on":"2027-01-31","value":40000}]},"ch1":{"is":"change","id":"ch1","name":"straight through","reason":"waiting","covers":["register"]},"mv1":{"is":"move","id":"mv1","move":"triage","on":["register"]},"an1":{"is":"answer","id":"an1","valve":"w1","verdict":"accepted because","because":"rare"},"wv1":{"is":"waiver","id":"wv1","rule":"CP402","because":"pilot","by":"Ann"},"s1":{"is":"stakeholder","id":"s1","who":"intake","stance":"supports"}}','{"scope":null,"insurer":null,"intake":null,"ines":null,"start":null,"register":null,"ok":null,"pay":null,"end":null,"f1":null,"f2":null,"f3":null,"f4":null,"f5":null,"crm":null,"model":null,"if1":null,"file":null,"t1":null,"w1":null,"a1":null,"c1":null,"o1":null,"m1":null,"ch1":null,"mv1":null,"an1":null,"wv1":null,"s1":null}',NULL,NULL);
INSERT INTO "change" VALUES(1,2,'0000000000000001-3','2026-11-23T14:02:11Z','ann','edit',1,'set pay','{"pay":{"is":"subprocess","id":"pay","name":"Pay out","number":"4","order":"4","process":"Payments"}}','{"pay":{"is":"subprocess","id":"pay","name":"Pay","number":"4","order":"4","process":"Payments"}}',NULL,1);
INSERT INTO "change" VALUES(1,3,'0000000000000001-5','2026-11-23T14:02:11Z','ann','edit',1,'set pay','{"pay":{"is":"subprocess","id":"pay","name":"Pay at once","number":"4","order":"4","process":"Payments"}}','{"pay":{"is":"subprocess","id":"pay","name":"Pay out","number":"4","order":"4","process":"Payments"}}',NULL,2);
INSERT INTO "change" VALUES(1,4,'0000000000000001-6','2026-11-23T14:02:11Z','ann','undo',1,'set pay','{"pay":{"is":"subprocess","id":"pay","name":"Pay out","number":"4","order":"4","process":"Payments"}}','{"pay":{"is":"subprocess","id":"pay","name":"Pay at once","number":"4","order":"4","process":"Payments"}}',3,NULL);
INSERT INTO "change" VALUES(2,1,'0000000000000001-7','2026-11-23T14:02:11Z','ann','origin',1,'derive Straight through from current','{"a1":{"is":"ai-output","id":"a1","name":"severity","on":"register","reviewer":"ines","review_share":{"likely":1000000},"reviewer_may":["change","stop"]},"an1":{"is":"answer","id":"an1","valve":"w1","verdict":"accepted because","because":"rare"},"c1":{"is":"control","id":"c1","name":"four eyes","on":"pay","kind":"preventive"},"ch1":{"is":"change","id":"ch1","name":"straight through","reason":"waiting","covers":["register"]},"crm":{"is":"system","id":"crm","name":"CRM","kind":"system of record"},"end":{"is":"event","id":"end","name":"Closed","number":"5","order":"5","place":"end"},"f1":{"is":"flow","id":"f1","source":"start","target":"register","order":"1"},"f2":{"is":"flow","id":"f2","source":"register","target":"ok","order":"2"},"f3":{"is":"flow","id":"f3","name":"yes","source":"ok","target":"pay","order":"3","share":{"likely":700000}},"f4":{"is":"flow","id":"f4","name":"no","source":"ok","target":"register","order":"4","route":"failure","channel":"e-mail"},"f5":{"is":"flow","id":"f5","source":"pay","target":"end","order":"5"},"file":{"is":"data","id":"file","name":"Claim file","form":"free text","system":"crm"},"if1":{"is":"interface","id":"if1","source":"crm","target":"model","kind":"re-keying"},"ines":{"is":"person","id":"ines","name":"Inés Ortega 審","role":"clerk","alias":"I1"},"insurer":{"is":"pool","id":"insurer","name":"Insurer","order":"V"},"intake":{"is":"lane","id":"intake","name":"Intake","order":"V","pool":"insurer","people":{"likely":3000},"persons":["ines"]},"m1":{"is":"measure","id":"m1","name":"lead time","unit":"h","baseline":{"low":41000,"high":96000},"owner":"ines","actuals":[{"on":"2027-01-31","value":40000}]},"model":{"is":"system","id":"model","name":"Triage","kind":"AI model","owner":"ines"},"mv1":{"is":"move","id":"mv1","move":"triage","on":["register"]},"o1":{"is":"observation","id":"o1","name":"Mondays","on":"intake","kind":"heroics"},"ok":{"is":"gateway","id":"ok","name":"Complete?","number":"3","order":"3","lane":"intake"},"pay":{"is":"subprocess","id":"pay","name":"Pay out","number":"4","order":"4","process":"Payments"},"register":{"is":"task","id":"register","name":"Register the claim","number":"2","order":"2","lane":"intake","touch":{"low":240,"likely":420,"high":900,"basis":"estimated","by":"ines","clock":"working"},"systems":["crm"],"reads":["file"],"performers":["ines"],"kind":"user","value":"BVA","skills":["typing"]},"s1":{"is":"stakeholder","id":"s1","who":"intake","stance":"supports"},"scope":{"is":"scope","id":"scope","goal":"pay what is owed","volume":{"likely":120,"per":"day"},"days_a_week":5,"hours_a_day":28800,"currency":"EUR"},"start":{"is":"event","id":"start","name":"Claim arrives","number":"1","order":"1","lane":"intake","place":"start","trigger":"message"},"t1":{"is":"tribal","id":"t1","name":"which garages cheat","on":"register","holders":["ines"]},"w1":{"is":"workaround","id":"w1","name":"a list in a drawer","on":"f4","frequency":{"likely":300000}},"wv1":{"is":"waiver","id":"wv1","rule":"CP402","because":"pilot","by":"Ann"}}','{"a1":null,"an1":null,"c1":null,"ch1":null,"crm":null,"end":null,"f1":null,"f2":null,"f3":null,"f4":null,"f5":null,"file":null,"if1":null,"ines":null,"insurer":null,"intake":null,"m1":null,"model":null,"mv1":null,"o1":null,"ok":null,"pay":null,"register":null,"s1":null,"scope":null,"start":null,"t1":null,"w1":null,"wv1":null}',NULL,NULL);
INSERT INTO "change" VALUES(2,2,'0000000000000001-8','2026-11-23T14:02:11Z','ann','edit',1,'set register','{"register":{"is":"task","id":"register","name":"Register by itself","number":"2","order":"2","lane":"intake","touch":{"low":240,"likely":420,"high":900,"basis":"estimated","by":"ines","clock":"working"},"systems":["crm"],"reads":["file"],"performers":["ines"],"kind":"user","value":"BVA","skills":["typing"]}}','{"register":{"is":"task","id":"register","name":"Register the claim","number":"2","order":"2","lane":"intake","touch":{"low":240,"likely":420,"high":900,"basis":"estimated","by":"ines","clock":"working"},"systems":["crm"],"reads":["file"],"performers":["ines"],"kind":"user","value":"BVA","skills":["typing"]}}',NULL,NULL);
CREATE TABLE cursor (
    id INTEGER NOT NULL,
    state_id INTEGER NOT NULL,
    sitting_id INTEGER NOT NULL,
    undo_top INTEGER,
    redo_top INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(state_id) REFERENCES state (id),
    FOREIGN KEY(sitting_id) REFERENCES sitting (id)
);
INSERT INTO "cursor" VALUES(1,1,1,2,4);
INSERT INTO "cursor" VALUES(2,2,1,2,NULL);
CREATE TABLE element (
    state_id INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    "is" VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    lane VARCHAR,
    "on" VARCHAR,
    model INTEGER NOT NULL,
    record VARCHAR NOT NULL,
    PRIMARY KEY (state_id, id),
    FOREIGN KEY(state_id) REFERENCES state (id)
)
 WITHOUT ROWID;
INSERT INTO "element" VALUES(1,'a1','ai-output','severity',NULL,'register',1,'{"is":"ai-output","id":"a1","name":"severity","on":"register","reviewer":"ines","review_share":{"likely":1000000},"reviewer_may":["change","stop"]}');
INSERT INTO "element" VALUES(1,'an1','answer','',NULL,NULL,1,'{"is":"answer","id":"an1","valve":"w1","verdict":"accepted because","because":"rare"}');
INSERT INTO "element" VALUES(1,'c1','control','four eyes',NULL,'pay',1,'{"is":"control","id":"c1","name":"four eyes","on":"pay","kind":"preventive"}');
INSERT INTO "element" VALUES(1,'ch1','change','straight through',NULL,NULL,1,'{"is":"change","id":"ch1","name":"straight through","reason":"waiting","covers":["register"]}');
INSERT INTO "element" VALUES(1,'crm','system','CRM',NULL,NULL,1,'{"is":"system","id":"crm","name":"CRM","kind":"system of record"}');
INSERT INTO "element" VALUES(1,'end','event','Closed',NULL,NULL,1,'{"is":"event","id":"end","name":"Closed","number":"5","order":"5","place":"end"}');
INSERT INTO "element" VALUES(1,'f1','flow','',NULL,NULL,1,'{"is":"flow","id":"f1","source":"start","target":"register","order":"1"}');
INSERT INTO "element" VALUES(1,'f2','flow','',NULL,NULL,1,'{"is":"flow","id":"f2","source":"register","target":"ok","order":"2"}');
INSERT INTO "element" VALUES(1,'f3','flow','yes',NULL,NULL,1,'{"is":"flow","id":"f3","name":"yes","source":"ok","target":"pay","order":"3","share":{"likely":700000}}');
INSERT INTO "element" VALUES(1,'f4','flow','no',NULL,NULL,1,'{"is":"flow","id":"f4","name":"no","source":"ok","target":"register","order":"4","route":"failure","channel":"e-mail"}');
INSERT INTO "element" VALUES(1,'f5','flow','',NULL,NULL,1,'{"is":"flow","id":"f5","source":"pay","target":"end","order":"5"}');
INSERT INTO "element" VALUES(1,'file','data','Claim file',NULL,NULL,1,'{"is":"data","id":"file","name":"Claim file","form":"free text","system":"crm"}');
INSERT INTO "element" VALUES(1,'if1','interface','',NULL,NULL,1,'{"is":"interface","id":"if1","source":"crm","target":"model","kind":"re-keying"}');
INSERT INTO "element" VALUES(1,'ines','person','Inés Ortega 審',NULL,NULL,1,'{"is":"person","id":"ines","name":"Inés Ortega 審","role":"clerk","alias":"I1"}');
INSERT INTO "element" VALUES(1,'insurer','pool','Insurer',NULL,NULL,1,'{"is":"pool","id":"insurer","name":"Insurer","order":"V"}');
INSERT INTO "element" VALUES(1,'intake','lane','Intake',NULL,NULL,1,'{"is":"lane","id":"intake","name":"Intake","order":"V","pool":"insurer","people":{"likely":3000},"persons":["ines"]}');
INSERT INTO "element" VALUES(1,'m1','measure','lead time',NULL,NULL,1,'{"is":"measure","id":"m1","name":"lead time","unit":"h","baseline":{"low":41000,"high":96000},"owner":"ines","actuals":[{"on":"2027-01-31","value":40000}]}');
INSERT INTO "element" VALUES(1,'model','system','Triage',NULL,NULL,1,'{"is":"system","id":"model","name":"Triage","kind":"AI model","owner":"ines"}');
INSERT INTO "element" VALUES(1,'mv1','move','',NULL,NULL,1,'{"is":"move","id":"mv1","move":"triage","on":["register"]}');
INSERT INTO "element" VALUES(1,'o1','observation','Mondays',NULL,'intake',1,'{"is":"observation","id":"o1","name":"Mondays","on":"intake","kind":"heroics"}');
INSERT INTO "element" VALUES(1,'ok','gateway','Complete?','intake',NULL,1,'{"is":"gateway","id":"ok","name":"Complete?","number":"3","order":"3","lane":"intake"}');
INSERT INTO "element" VALUES(1,'pay','subprocess','Pay out',NULL,NULL,1,'{"is":"subprocess","id":"pay","name":"Pay out","number":"4","order":"4","process":"Payments"}');
INSERT INTO "element" VALUES(1,'register','task','Register the claim','intake',NULL,1,'{"is":"task","id":"register","name":"Register the claim","number":"2","order":"2","lane":"intake","touch":{"low":240,"likely":420,"high":900,"basis":"estimated","by":"ines","clock":"working"},"systems":["crm"],"reads":["file"],"performers":["ines"],"kind":"user","value":"BVA","skills":["typing"]}');
INSERT INTO "element" VALUES(1,'s1','stakeholder','',NULL,NULL,1,'{"is":"stakeholder","id":"s1","who":"intake","stance":"supports"}');
INSERT INTO "element" VALUES(1,'scope','scope','',NULL,NULL,1,'{"is":"scope","id":"scope","goal":"pay what is owed","volume":{"likely":120,"per":"day"},"days_a_week":5,"hours_a_day":28800,"currency":"EUR"}');
INSERT INTO "element" VALUES(1,'start','event','Claim arrives','intake',NULL,1,'{"is":"event","id":"start","name":"Claim arrives","number":"1","order":"1","lane":"intake","place":"start","trigger":"message"}');
INSERT INTO "element" VALUES(1,'t1','tribal','which garages cheat',NULL,'register',1,'{"is":"tribal","id":"t1","name":"which garages cheat","on":"register","holders":["ines"]}');
INSERT INTO "element" VALUES(1,'w1','workaround','a list in a drawer',NULL,'f4',1,'{"is":"workaround","id":"w1","name":"a list in a drawer","on":"f4","frequency":{"likely":300000}}');
INSERT INTO "element" VALUES(1,'wv1','waiver','',NULL,NULL,1,'{"is":"waiver","id":"wv1","rule":"CP402","because":"pilot","by":"Ann"}');
INSERT INTO "element" VALUES(2,'a1','ai-output','severity',NULL,'register',1,'{"is":"ai-output","id":"a1","name":"severity","on":"register","reviewer":"ines","review_share":{"likely":1000000},"reviewer_may":["change","stop"]}');
INSERT INTO "element" VALUES(2,'an1','answer','',NULL,NULL,1,'{"is":"answer","id":"an1","valve":"w1","verdict":"accepted because","because":"rare"}');
INSERT INTO "element" VALUES(2,'c1','control','four eyes',NULL,'pay',1,'{"is":"control","id":"c1","name":"four eyes","on":"pay","kind":"preventive"}');
INSERT INTO "element" VALUES(2,'ch1','change','straight through',NULL,NULL,1,'{"is":"change","id":"ch1","name":"straight through","reason":"waiting","covers":["register"]}');
INSERT INTO "element" VALUES(2,'crm','system','CRM',NULL,NULL,1,'{"is":"system","id":"crm","name":"CRM","kind":"system of record"}');
INSERT INTO "element" VALUES(2,'end','event','Closed',NULL,NULL,1,'{"is":"event","id":"end","name":"Closed","number":"5","order":"5","place":"end"}');
INSERT INTO "element" VALUES(2,'f1','flow','',NULL,NULL,1,'{"is":"flow","id":"f1","source":"start","target":"register","order":"1"}');
INSERT INTO "element" VALUES(2,'f2','flow','',NULL,NULL,1,'{"is":"flow","id":"f2","source":"register","target":"ok","order":"2"}');
INSERT INTO "element" VALUES(2,'f3','flow','yes',NULL,NULL,1,'{"is":"flow","id":"f3","name":"yes","source":"ok","target":"pay","order":"3","share":{"likely":700000}}');
INSERT INTO "element" VALUES(2,'f4','flow','no',NULL,NULL,1,'{"is":"flow","id":"f4","name":"no","source":"ok","target":"register","order":"4","route":"failure","channel":"e-mail"}');
INSERT INTO "element" VALUES(2,'f5','flow','',NULL,NULL,1,'{"is":"flow","id":"f5","source":"pay","target":"end","order":"5"}');
INSERT INTO "element" VALUES(2,'file','data','Claim file',NULL,NULL,1,'{"is":"data","id":"file","name":"Claim file","form":"free text","system":"crm"}');
INSERT INTO "element" VALUES(2,'if1','interface','',NULL,NULL,1,'{"is":"interface","id":"if1","source":"crm","target":"model","kind":"re-keying"}');
INSERT INTO "element" VALUES(2,'ines','person','Inés Ortega 審',NULL,NULL,1,'{"is":"person","id":"ines","name":"Inés Ortega 審","role":"clerk","alias":"I1"}');
INSERT INTO "element" VALUES(2,'insurer','pool','Insurer',NULL,NULL,1,'{"is":"pool","id":"insurer","name":"Insurer","order":"V"}');
INSERT INTO "element" VALUES(2,'intake','lane','Intake',NULL,NULL,1,'{"is":"lane","id":"intake","name":"Intake","order":"V","pool":"insurer","people":{"likely":3000},"persons":["ines"]}');
INSERT INTO "element" VALUES(2,'m1','measure','lead time',NULL,NULL,1,'{"is":"measure","id":"m1","name":"lead time","unit":"h","baseline":{"low":41000,"high":96000},"owner":"ines","actuals":[{"on":"2027-01-31","value":40000}]}');
INSERT INTO "element" VALUES(2,'model','system','Triage',NULL,NULL,1,'{"is":"system","id":"model","name":"Triage","kind":"AI model","owner":"ines"}');
INSERT INTO "element" VALUES(2,'mv1','move','',NULL,NULL,1,'{"is":"move","id":"mv1","move":"triage","on":["register"]}');
INSERT INTO "element" VALUES(2,'o1','observation','Mondays',NULL,'intake',1,'{"is":"observation","id":"o1","name":"Mondays","on":"intake","kind":"heroics"}');
INSERT INTO "element" VALUES(2,'ok','gateway','Complete?','intake',NULL,1,'{"is":"gateway","id":"ok","name":"Complete?","number":"3","order":"3","lane":"intake"}');
INSERT INTO "element" VALUES(2,'pay','subprocess','Pay out',NULL,NULL,1,'{"is":"subprocess","id":"pay","name":"Pay out","number":"4","order":"4","process":"Payments"}');
INSERT INTO "element" VALUES(2,'register','task','Register by itself','intake',NULL,1,'{"is":"task","id":"register","name":"Register by itself","number":"2","order":"2","lane":"intake","touch":{"low":240,"likely":420,"high":900,"basis":"estimated","by":"ines","clock":"working"},"systems":["crm"],"reads":["file"],"performers":["ines"],"kind":"user","value":"BVA","skills":["typing"]}');
INSERT INTO "element" VALUES(2,'s1','stakeholder','',NULL,NULL,1,'{"is":"stakeholder","id":"s1","who":"intake","stance":"supports"}');
INSERT INTO "element" VALUES(2,'scope','scope','',NULL,NULL,1,'{"is":"scope","id":"scope","goal":"pay what is owed","volume":{"likely":120,"per":"day"},"days_a_week":5,"hours_a_day":28800,"currency":"EUR"}');
INSERT INTO "element" VALUES(2,'start','event','Claim arrives','intake',NULL,1,'{"is":"event","id":"start","name":"Claim arrives","number":"1","order":"1","lane":"intake","place":"start","trigger":"message"}');
INSERT INTO "element" VALUES(2,'t1','tribal','which garages cheat',NULL,'register',1,'{"is":"tribal","id":"t1","name":"which garages cheat","on":"register","holders":["ines"]}');
INSERT INTO "element" VALUES(2,'w1','workaround','a list in a drawer',NULL,'f4',1,'{"is":"workaround","id":"w1","name":"a list in a drawer","on":"f4","frequency":{"likely":300000}}');
INSERT INTO "element" VALUES(2,'wv1','waiver','',NULL,NULL,1,'{"is":"waiver","id":"wv1","rule":"CP402","because":"pilot","by":"Ann"}');
CREATE TABLE place (
    state_id INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    PRIMARY KEY (state_id, id),
    FOREIGN KEY(state_id) REFERENCES state (id)
)
 WITHOUT ROWID;
INSERT INTO "place" VALUES(1,'register',1,0);
INSERT INTO "place" VALUES(1,'start',0,0);
INSERT INTO "place" VALUES(2,'register',1,0);
INSERT INTO "place" VALUES(2,'start',0,0);
CREATE TABLE process (
    id INTEGER NOT NULL,
    slug VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    archived INTEGER NOT NULL, template INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (slug)
);
INSERT INTO "process" VALUES(1,'claims','Claims',0,0);
INSERT INTO "process" VALUES(2,'claims-template','Claims (template)',0,1);
CREATE TABLE sitting (
    id INTEGER NOT NULL,
    token VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    pid INTEGER NOT NULL,
    began VARCHAR NOT NULL,
    opened_at VARCHAR NOT NULL,
    closed_at VARCHAR,
    PRIMARY KEY (id),
    UNIQUE (token)
);
INSERT INTO "sitting" VALUES(1,'0000000000000001','ann','vm',11218,'815','2026-11-23T14:02:11Z','2026-11-23T14:02:11Z');
CREATE TABLE state (
    id INTEGER NOT NULL,
    process_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    derived_from VARCHAR,
    due VARCHAR,
    head INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    archived INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(process_id) REFERENCES process (id)
);
INSERT INTO "state" VALUES(1,1,'current','current',NULL,NULL,4,0,0);
INSERT INTO "state" VALUES(2,1,'Straight through','option','current',NULL,2,1,0);
INSERT INTO "state" VALUES(3,2,'current','current',NULL,NULL,0,0,0);
CREATE TABLE version (
    id INTEGER NOT NULL,
    state_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    content BLOB NOT NULL,
    placement VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (state_id, number),
    FOREIGN KEY(state_id) REFERENCES state (id)
);
INSERT INTO "version" VALUES(1,1,1,'As the room said',2,'c652aa95a11e504141a62520742d22cd1c8f5e796b98056b1e23d6bca4858dd3','2026-11-23T14:02:11Z','ann',X'78DA7556CD6EE336107E1541E7048D1DA7BBF565912E7AC861D145D0EE65B108686A2C11A64895A4AC1A411E684F7D883E4BDFA3334391A293752E8EF8F3CD3733DFCCF0B9060D3D98E0EBEDD7E75A35F5B616ABFAAA569EFE53D7760CC31870C1881E70C9C3119C0A275CB106BF1DB4CA0770F8EDE0A8607AF29D7078F2B9D6EA00FA546F5737FCF7924EE0E16DAD0CF87A5979EA059EFC5ACB4E981670C3073BD4DF5EAE9EEB1D48317AB2ED08F86A26691696C64F4CE028F491CE4DB485341B2503ED4B094380A64A4884CA203263486B82B31A3F0FCAD0D680CC302CEA088BEF7B3BBA0A4E4C9C9D1F903481498BD628824B38BECD3C65B7D848BEA550062754DB852A74CE8E6DC7E1109E9127A182326D41D5F509C79FD042BF508DDF95DD570EA475CD62E1E3E3A705014C9310D8B5E298B61EF8DAD8EF383B77E4A16BF2FF831612668C0CB8CF9EEDB59D8A1BB4EE3156327A291CD9C29F1642A99805687D01685D02154ACB58F650A0DCBE4299BD9BF33543D2A1370A7D97049A8D21706126E7193368405320AE7BA17412E37EF363D3C61696E90CE639B092F0F2C862BE60F10741BABB10A4BB1285981630295F7B8BF2C19B0EA00AF077C8C4958604DB88204A4D08D557F3FEACB8A8C2CC482D025006B9EE492359950EAE0F70220D17F4A28A33BDDE36184D02145A09027A58256A738360F801AB0BCB22937B30FF7EF7D5EF2E402BAAFFFEF9CE91D56C40832B34A18CC730BB8C63B9C4334ADA4CA1FC52DE0CE29063A38581F2E2BCB7DCC312013BE83355DD464D45F2DC1DD827EC0CCC6361C7019061143A7661EE00EB9BF5BBEB9BD5F5ED2A76B611B1372C5304D8090F1AD1C85C873DA4DEFEF2336E5DD5248DED66152DB3237D4E528FCD258A6EF6438368AAA07A766532655F1E8DA204754B4062AE2EB4A0FB872AEDCFD87F3825DA37C00BDA71A165B9C7F2CFB60EF99E39EFA7F9AACD37EDCE833B8AA0581B33950E9C55D22F4C3E59D38853EED9736217B843826B458089EB87D35D6820D584ED31C5013E94ADF2F6ACB964D858883158E36E7056822F487D16A7CAC6B99A8036AF7A45BAC387E388CEE8452F641341F8C312029C71EEB2178FF35D1C3B50492AF392C5FA55FB45F552F398C75B1230CEA98617B841E0823F28CDEAADC369A0A2FF96BA062F52DDE34AB0A3EC48B3A8DF38883CCA0FC34EC367775AE427B595071A83D61D620B9955CE1A9FEB6BB34E825F6F48EE7391D4BF7EB95F22E5B35A3C85A1B3BAE1E0E09789F3691C06EB02599D3A7B2E10393A074612B1DFFE7CC41324A427F1340120BBBBABBAB542C76457532742A57C6527F6A6C39647471B7AD7ACDFBF27E29190B443EE2BE9E368F5D89F3F9AC8B981D340102F8B43F33C3D1BE49704CB4D5C3887CF185F6679F56A5AA7F99E87B5536DCBBB3D4A900A92ECC7E09D098129851C63BCB7134517983A25BBAA150E217C253B10E1CDC391E79383BFC618E9F3FEB9F4B1291B2151089CA4A678E9884A235AA54C25AAC689F81E643B389BCF5F9183D23624BDDD1B9306CEB4B4247C7D1DE39376E4A9F2F1F3E6665D53E3A55A10811F8CD3204287CF80E1A7D5AB8863A1FE0F9B9F8A65','{"register":[1,0],"start":[0,0]}');
CREATE UNIQUE INDEX one_live_state_of_a_name ON state (process_id, name) WHERE archived = 0;
CREATE INDEX element_by_name ON element ("is", name) WHERE "is" in ('system', 'person', 'lane', 'data', 'control', 'tribal', 'workaround', 'ai-output');
CREATE INDEX ix_cursor_state_id ON cursor (state_id);
CREATE TRIGGER change_is_not_changed before update on change begin select raise(abort, 'rows of change are never changed'); end;
CREATE TRIGGER change_is_not_deleted before delete on change begin select raise(abort, 'rows of change are never changed'); end;
CREATE TRIGGER version_is_not_changed before update on version begin select raise(abort, 'rows of version are never changed'); end;
CREATE TRIGGER version_is_not_deleted before delete on version begin select raise(abort, 'rows of version are never changed'); end;
COMMIT;
