/* Waymark. Built from themes/default/src/main.ts by internal/tools/bundle. src: sha256-3a592966665a2243f2e9445cd153a3409ccf00435a932a7a03229a4296fa110a */
"use strict";(()=>{function loadScript(src){return new Promise((resolve,reject)=>{let script=document.createElement("script");script.src=src,script.onload=()=>resolve(),
script.onerror=()=>reject(new Error(src)),document.head.append(script)})}function minutes(say,n){let h=Math.floor(n/60),min=n%60;return h===0?say("minutes",min):min===0?say("hours",h):say("hours.minutes",h,min)}function minutesLeft(say,from,to){
let round=n=>n<=10?n:Math.round(n/5)*5,[a,b]=[round(from),round(to)];return a===b||a===0?say("path.left",minutes(say,b)):say("path.leftrange",
minutes(say,a),minutes(say,b))}function pageData(){try{return JSON.parse(document.getElementById("page-data")?.textContent??"null")}catch{return null}}function wordsOf(strings,language){
let fill=(text,args,n)=>text.replace(/\{(\d+|count)\}/g,(hole,name)=>String((name==="count"?n:args[Number(name)])??hole)),say=(key,...args)=>fill(
strings[key]??key,args),plural;try{plural=new Intl.PluralRules(language||"en")}catch{}return Object.assign(say,{count:(key,n,...args)=>{let form=plural?.
select(n)??"other";return fill(strings[`${key}.${form}`]??strings[`${key}.other`]??key,args,n)}})}function element(tag,className="",text){let e=document.
createElement(tag);return className&&(e.className=className),text!==void 0&&(e.textContent=text),e}function button(className,text,press){let b=element(
"button",className,text);return b.type="button",b.addEventListener("click",press),b}function icon(name){let template=document.getElementById(
"icon-"+name);return template instanceof HTMLTemplateElement?template.content.cloneNode(!0):document.createTextNode("")}function find(root,selector){
return root.querySelector(selector)}function all(root,selector){return Array.from(root.querySelectorAll(selector))}var Answers=class{constructor(id){
this.id=id;this.root=document.getElementById("answers-"+id)}key(){try{return JSON.parse(find(this.root??document.createElement("p"),"script[\
data-key]")?.textContent??"null")}catch{return null}}shown(){let text=this.root?.dataset.shown?.trim();return text?text.split(/\s+/).map(Number):
[]}copy(attribute,value){let selector=value===void 0?`[data-${attribute}]`:`[data-${attribute}="${value}"]`,from=this.root&&find(this.root,selector);
return from?copyOf(from):null}comment(scene,choice2){let found=this.root&&all(this.root,"[data-comment-scene]").find(e=>e.dataset.commentScene===
scene&&e.dataset.commentChoice===choice2);return found?copyOf(found):null}};function copyOf(from){let copy=document.createDocumentFragment();
for(let child of Array.from(from.childNodes))copy.append(child.cloneNode(!0));for(let e of Array.from(copy.querySelectorAll("[id]")))e.removeAttribute(
"id");return copy}function tell(from,detail){from.dispatchEvent(new CustomEvent("waymark",{bubbles:!0,detail}))}var markKey={module:id=>"done:"+id,path:id=>"path-done:"+id,milestone:(path,id)=>`milestone:${path}:${id}`,item:(module,item)=>`item:${module}\
:${item}`,session:(id,n)=>`session:${id}:${n}`,filled:form=>"filled:"+form,signed:form=>"signed:"+form,scene:id=>"scene:"+id,way:()=>"way"};function empty(){return{paths:{},modules:{},answers:{},review:{},notes:{},marks:{}}}function isEmpty(p){return[p.paths,p.modules,p.answers,p.
review,p.notes,p.marks].every(part=>Object.keys(part).length===0)}function apply(p,e,now){let today=now.slice(0,10);switch(e.do){case"joined":
return{...p,learner:earlierLearner(p.learner,{code:e.code,seed:e.seed,since:now})};case"answered":{let t=e.sure?{at:now,v:e.v,s:e.s,sure:e.sure}:
{at:now,v:e.v,s:e.s},a=revision(own(p.answers,e.id),e.rev)??blank(e.rev),next={...a,first:a.first??t,last:t,best:Math.max(a.best,e.s),tries:a.
tries+1};return{...p,answers:{...p.answers,[e.id]:onTop(own(p.answers,e.id),next)}}}case"hinted":{let a=revision(own(p.answers,e.id),e.rev)??
blank(e.rev);return{...p,answers:{...p.answers,[e.id]:onTop(own(p.answers,e.id),{...a,hints:Math.max(a.hints,e.hints)})}}}case"read":return{
...p,modules:{...p.modules,[e.module]:{read:today,...own(p.modules,e.module)}}};case"done":return{...p,modules:{...p.modules,[e.module]:{done:today,
...own(p.modules,e.module)}}};case"started":return{...p,paths:{...p.paths,[e.path]:{started:today,...own(p.paths,e.path)}}};case"finished":return{
...p,paths:{...p.paths,[e.path]:{done:today,...own(p.paths,e.path)}}};case"marked":return{...p,marks:{...p.marks,[e.key]:{at:after(own(p.marks,
e.key)?.at,now),v:e.v}}};case"noted":return{...p,notes:{...p.notes,[e.key]:{at:after(own(p.notes,e.key)?.at,now),text:e.text}}};case"reviewe\
d":{let old=own(p.review,e.id),n=(old?.n??0)+(e.counts?1:0);return{...p,review:{...p.review,[e.id]:{box:e.box,due:e.due,at:after(old?.at,now),
n}}}}}}function after(old,now){return old===void 0||old<now?now:momentOf(Date.parse(old)+1e3)}function own(record,key){return Object.prototype.
hasOwnProperty.call(record,key)?record[key]:void 0}function momentOf(ms){return new Date(ms).toISOString().slice(0,19)+"Z"}function blank(rev){
return{rev,best:0,tries:0,hints:0}}function revision(a,rev){return!a||a.rev===rev?a:a.was?.find(old=>old.rev===rev)}function changed(a,rev){
return!!a&&!revision(a,rev)?.first&&[a,...a.was??[]].some(r=>r.first)}function onTop(a,next){return arrange([next,...flat(a).filter(old=>old.
rev!==next.rev)])}function flat(a){if(!a)return[];let{was,...top}=a;return[top,...was??[]]}function arrange(all2){let when=a=>a.last?.at??a.
first?.at??"",sorted=all2.map(({was:_,...a})=>a).sort((a,b)=>order(when(b),when(a))||order(a.rev,b.rev)),[top,...was]=sorted;return was.length>
0?{...top,was}:top}function merge(a,b){let merged={paths:union(a.paths,b.paths,(x,y)=>({...both(earliest,"started",x,y),...both(earliest,"do\
ne",x,y)})),modules:union(a.modules,b.modules,(x,y)=>({...both(earliest,"read",x,y),...both(earliest,"done",x,y)})),answers:union(a.answers,
b.answers,mergeAnswers),review:union(a.review,b.review,mergeCards),notes:union(a.notes,b.notes,newest),marks:union(a.marks,b.marks,newest)},
learner=earlierLearner(a.learner,b.learner);return learner&&(merged.learner=learner),merged}function mergeAnswers(a,b){let byRev=new Map;for(let r of[
...flat(a),...flat(b)]){let other=byRev.get(r.rev);byRev.set(r.rev,other?{rev:r.rev,...both(earliestTry,"first",r,other),...both(newest,"las\
t",r,other),best:Math.max(r.best,other.best),tries:Math.max(r.tries,other.tries),hints:Math.max(r.hints,other.hints)}:r)}return arrange([...byRev.
values()])}function mergeCards(a,b){let n=Math.max(a.n,b.n);return newest({...a,n},{...b,n})}function union(a,b,join){let out={};for(let key of[
...new Set([...Object.keys(a),...Object.keys(b)])].sort()){let x=own(a,key),y=own(b,key);out[key]=x===void 0?y:y===void 0?x:join(x,y)}return out}
function both(join,key,x,y){let v=x[key]===void 0?y[key]:y[key]===void 0?x[key]:join(x[key],y[key]);return v===void 0?{}:{[key]:v}}function earliest(a,b){
return a<b?a:b}function newest(a,b){return(order(b.at,a.at)||order(canon(a),canon(b)))<=0?a:b}function earliestTry(a,b){return(order(a.at,b.
at)||order(canon(a),canon(b)))<=0?a:b}function earlierLearner(a,b){return!a||!b?a??b:(order(a.since,b.since)||order(a.code,b.code)||a.seed-b.
seed)<=0?a:b}function order(a,b){return a<b?-1:a>b?1:0}function canon(v){if(v===null||typeof v!="object")return JSON.stringify(v)??"null";if(Array.
isArray(v))return"["+v.map(canon).join(",")+"]";let o=v;return"{"+Object.keys(o).filter(k=>o[k]!==void 0).sort().map(k=>JSON.stringify(k)+":"+
canon(o[k])).join(",")+"}"}function marked(p,key){let m=own(p.marks,key);return!!m&&m.v!==!1}function moduleDone(p,id){let rule=own(p.modules,
id)?.done,mark2=own(p.marks,markKey.module(id));return mark2&&mark2.v!==!1?rule&&rule<=mark2.at.slice(0,10)?{day:rule,how:"rule"}:{day:mark2.
at.slice(0,10),how:"manual"}:mark2&&rule&&rule<=mark2.at.slice(0,10)?null:rule?{day:rule,how:"rule"}:null}function moduleGround(module,known){return{mark:markKey.module(module.id),modules:[module],reflections:[module],check:id=>checkOf(known,id),
milestone:()=>!1,stage:()=>!1}}function checkOf(modules,id){for(let m of modules)for(let check of m.checks??[])if(check.id===id)return check}
function holds(rule,on,p){if(rule==="read")return on.modules.every(m=>!!own(p.modules,m.id)?.read);if(rule==="manual")return marked(p,on.mark);
let also=r=>holds(r,on,p);return"all"in rule?rule.all.every(also):"any"in rule?rule.any.some(also):"count"in rule?rule.count.of.filter(also).
length>=rule.count.min:"checks"in rule?share(rule.checks.of,on,p)>=(rule.checks.min??80)/100-1e-9:"quiz"in rule?passed(on.check(rule.quiz),rule.
quiz,p):"reflection"in rule?answered(p,rule.reflection):"reflections"in rule?reflections(on,p)>=rule.reflections.min:"scenario"in rule?answered(
p,rule.scenario)&&(!rule.good||best(p,rule.scenario)>=1):"rating"in rule?answered(p,rule.rating):"read_items"in rule?itemsRead(rule.read_items,
on,p):"form"in rule?formDone(rule.form.id,rule.form.done,p):"session"in rule?held(rule.session,1,p)>=1:"milestones"in rule?rule.milestones.every(
id=>on.milestone(id)):"stages"in rule?rule.stages.every(id=>on.stage(id)):"review"in rule?cards(p)>=rule.review.cards:!1}function share(of,on,p){
let points=0,got=0;for(let check of of?of.map(id=>on.check(id)??{id,points:1}):on.modules.flatMap(m=>m.checks??[])){let weight=check.points||
(of?1:0);points+=weight,got+=weight*best(p,check.id)}return points===0?1:got/points}function best(p,id){let a=own(p.answers,id);return a?Math.
max(a.best,...(a.was??[]).map(old=>old.best)):0}function answered(p,id){let a=own(p.answers,id);return!!a&&[a,...a.was??[]].some(r=>r.first)}
function passed(check,id,p,pass){let mark2=pass||check?.pass||(check&&check.type!=="quiz"?100:0);return answered(p,id)&&best(p,id)>=mark2/100-
1e-9}function reflections(on,p){return on.reflections.flatMap(m=>m.checks??[]).filter(k=>k.type==="reflection"&&answered(p,k.id)).length}function itemsRead(which,on,p){
return on.modules.every(m=>(m.items??[]).every(i=>which==="must"&&!i.must||marked(p,markKey.item(m.id,i.id))))}function formDone(id,done,p){
return marked(p,markKey.signed(id))||done!=="signed"&&marked(p,markKey.filled(id))}function held(id,n,p){if(moduleDone(p,id))return n;let count2=0;
for(let i=1;i<=n;i++)marked(p,markKey.session(id,i))&&count2++;return count2}function cards(p){return Object.values(p.review).reduce((sum,card)=>sum+
card.n,0)}function wakeModule(app){let id=find(document,"main")?.dataset.module;if(!id)return;let module=app.page.modules?.find(m=>m.id===id),end=find(
document,"[data-end]");if(end&&"IntersectionObserver"in window){let watch=new IntersectionObserver(seen=>{seen.some(s=>s.isIntersecting)&&(watch.
disconnect(),own(app.store.get().modules,id)?.read||app.tell({do:"read",module:id}))});watch.observe(end)}let button2=find(document,"[data-d\
one]"),status=document.getElementById(button2?.getAttribute("aria-describedby")??"");button2?.addEventListener("click",()=>{let done=moduleDone(
app.store.get(),id)===null;app.tell({do:"marked",key:markKey.module(id),v:done}),status&&(status.textContent=app.say(done?"done.saved":"done\
.taken"))});let show=()=>{let p=app.store.get(),done=moduleDone(p,id)!==null;if(button2){button2.setAttribute("aria-pressed",String(done));let words=find(
button2,"span")??button2;words.textContent=app.say(done?"done":"done.mark")}showLists(app,p),showNeeds(app,p)},judge=()=>{let p=app.store.get();
module&&!own(p.modules,id)?.done&&holds(module.rule,moduleGround(module,app.page.modules??[]),p)&&(app.store.tell({do:"done",module:id}),status&&
(status.textContent=app.say("done.rule")))};app.store.watch(show),app.store.watch(judge),show(),judge(),followWay(app)}function showLists(app,p){
for(let list of all(document,"ol.mini[data-path]")){let done=0,of=0,from=0,to=0;for(let stop of all(list,"[data-stop]")){let is=moduleDone(p,
stop.dataset.stop)!==null;stop.classList.toggle("done",is);let state=find(stop,"[data-state]");if(state&&(state.textContent=is?", "+app.say(
"state.done"):""),stop.dataset.optional!==void 0)continue;of++,is&&done++;let[low,high]=(stop.dataset.minutes??"0").split("-").map(Number);is||
(from+=low||0,to+=high??(low||0))}let text=find(list.parentElement??document,"[data-progress-text]");text&&(text.textContent=app.say.count("\
path.count",of,done)+(done<of?" · "+minutesLeft(app.say,from,to):""))}}function showNeeds(app,p){for(let need of all(document,"[data-need]")){
let state=find(need,"[data-state]");if(!state)continue;let done=moduleDone(p,need.dataset.need)!==null;state.hidden=!1,state.textContent=app.
say(done?"state.done":"state.todo"),state.classList.toggle("done",done)}}function followWay(app){let way=own(app.store.get().marks,markKey.way())?.
v,place=(app.page.places??[]).find(x=>x.id===way);for(let link of all(document,"a[data-path-link]"))link.addEventListener("click",()=>app.tell(
{do:"marked",key:markKey.way(),v:link.dataset.pathLink}));let pager=find(document,"nav.pager");if(!(!place||!pager))for(let[name,to]of[["pre\
v",place.prev],["next",place.next]]){let link=find(pager,"a."+name);if(!link||(link.hidden=!to,!to))continue;link.href=app.page.root+to.url;
let title=find(link,"b");title&&(title.textContent=to.title)}}function wakeShell(){themeSelects();for(let menu of all(document,"details.menu"))menu.addEventListener("keydown",e=>{e.key!=="Escape"||!menu.
open||(menu.open=!1,find(menu,"summary")?.focus())});for(let b of all(document,"button[data-print]"))b.addEventListener("click",()=>print());
printFolds(),contentsMark()}function themeSelects(){let root=document.documentElement,selects=all(document,"[data-theme-select]"),show=()=>selects.
forEach(s=>s.value=root.dataset.theme??"system");for(let s of selects)s.addEventListener("change",()=>{s.value==="system"?delete root.dataset.
theme:root.dataset.theme=s.value;try{s.value==="system"?localStorage.removeItem("waymark:theme"):localStorage.setItem("waymark:theme",s.value)}catch{}
show()});show()}function printFolds(){let opened=[];addEventListener("beforeprint",()=>{opened=all(document,"details[data-print]").filter(d=>!d.
open);for(let d of opened)d.open=!0}),addEventListener("afterprint",()=>{for(let d of opened)d.open=!1;opened=[]})}function contentsMark(){let links=all(
document,".toc a, .tocmenu a");if(links.length===0||!("IntersectionObserver"in window))return;let heads=links.flatMap(a=>document.getElementById(
decodeURIComponent(a.hash.slice(1)))??[]),watch=new IntersectionObserver(()=>{let here=heads[0];for(let h of heads)h.getBoundingClientRect().
top<innerHeight/3&&(here=h);for(let a of links)here&&decodeURIComponent(a.hash.slice(1))===here.id?a.setAttribute("aria-current","true"):a.removeAttribute(
"aria-current")},{rootMargin:"0px 0px -66% 0px",threshold:[0,1]});for(let h of heads)watch.observe(h)}var FORMAT="waymark-progress";var steps={0:file=>{let modules={},notes={};for(let[id,day2]of entries(file.done))modules[id]={done:day2,how:"manual"};for(let[id,note]of entries(
file.notes)){let{text,on}=note??{};notes[id]={at:on,text}}return{format:FORMAT,version:1,modules,notes}}};function entries(v){return v!==null&&
typeof v=="object"?Object.entries(v):[]}function migrate(file,table=steps,to=1){let version=Number(file.version);for(;version<to;){let step2=table[version];
if(!step2)return null;file={...step2(file),version:++version}}return file}var LIMITS={bytes:5e6,depth:12,entries:2e4,text:1e5,typed:2e3,id:200,values:500};function fromText(text,site){if(text.length>LIMITS.bytes)return{
refused:"large"};if(depth(text)>LIMITS.depth)return{refused:"damaged"};let json;try{json=JSON.parse(text)}catch{return{refused:"damaged"}}if(!isObject(
json))return{refused:"format"};if(own(json,"format")!==FORMAT)return{refused:"format"};let version=own(json,"version");if(typeof version!="n\
umber"||!Number.isInteger(version)||version<0)return{refused:"format"};if(version>1)return{refused:"newer"};let of=own(json,"site");if(of!==
void 0&&of!==site)return{refused:"site"};let file=migrate(json);return file?new Reader().file(file):{refused:"format"}}function depth(text){
let deepest=0,now=0,quoted=!1;for(let i=0;i<text.length;i++){let c=text.charCodeAt(i);quoted?c===92?i++:c===34&&(quoted=!1):c===34?quoted=!0:
c===123||c===91?deepest=Math.max(deepest,++now):(c===125||c===93)&&now--}return deepest}function isObject(v){return v!==null&&typeof v=="obj\
ect"&&!Array.isArray(v)}var Reader=class{constructor(){this.dropped=0;this.entries=0}file(file){let p=empty(),learner=own(file,"learner"),seed=own(
file,"seed");isObject(learner)&&typeof learner.code=="string"&&/^[0-9A-Z-]{1,20}$/.test(learner.code)&&isSeed(seed)&&(p.learner={code:learner.
code,seed,since:moment(own(learner,"since"))??"2999-12-31T00:00:00Z"}),this.each(file,"marks",p.marks,v=>this.mark(v)),this.each(file,"notes",
p.notes,v=>{let at=moment(v.at),text=v.text;return at&&typeof text=="string"&&text.length<=LIMITS.text?{at,text}:null}),this.each(file,"answ\
ers",p.answers,v=>this.answer(v,!0)),this.each(file,"review",p.review,v=>this.card(v)),this.each(file,"modules",p.modules,(v,id)=>{var _a,_b;
let m={},read=day(v.read);read&&(m.read=read);let done=day(v.done),rule=day(v.rule);return rule&&(m.done=rule),done&&v.how==="manual"?(_a=p.
marks)[_b=markKey.module(id)]??(_a[_b]={at:done+"T00:00:00Z",v:!0}):done&&(m.done=done),m});for(let[id,m]of Object.entries(p.modules))!m.read&&
!m.done&&delete p.modules[id];return this.each(file,"paths",p.paths,(v,id)=>{var _a,_b;let path={},started=day(v.started),done=day(v.done);started&&
(path.started=started),done&&(path.done=done);let milestones=own(v,"milestones");if(isObject(milestones))for(let[name,on]of Object.entries(milestones)){
let when=day(on);when&&isID(name)&&((_a=p.marks)[_b=markKey.milestone(id,name)]??(_a[_b]={at:when+"T00:00:00Z",v:!0}))}return path}),{progress:p,
dropped:this.dropped}}each(file,key,into,read){let part=own(file,key);if(part!==void 0){if(!isObject(part)){this.dropped++;return}for(let[id,
v]of Object.entries(part)){let value=isID(id)&&isObject(v)&&++this.entries<=LIMITS.entries?read(v,id):null;value===null?this.dropped++:into[id]=
value}}}mark(v){let at=moment(v.at),is=v.v;return!at||!(typeof is=="boolean"||isID(is))?null:{at,v:is}}answer(v,top){let rev=v.rev;if(typeof rev!=
"string"||rev.length>32)return null;let a={rev,best:share2(v.best)??0,tries:count(v.tries),hints:count(v.hints)},first=this.try(v.first),last=this.
try(v.last)??first;first&&(a.first=first),last&&(a.last=last);let was=v.was;if(top&&Array.isArray(was)){let kept=was.slice(0,20).flatMap(old=>isObject(
old)?this.answer(old,!1)??[]:[]),others=kept.filter((old,i)=>old.rev!==rev&&kept.findIndex(o=>o.rev===old.rev)===i);others.length>0&&(a.was=
others)}return a}try(v){if(!isObject(v))return;let at=moment(v.at),s=share2(v.s),values=v.v;if(!at||s===void 0||!Array.isArray(values)||values.
length>LIMITS.values||!values.every(x=>typeof x=="number"&&Number.isFinite(x)||typeof x=="string"&&x.length<=LIMITS.typed))return;let sure=v.
sure,t={at,v:values,s};return(sure===1||sure===2||sure===3)&&(t.sure=sure),t}card(v){let due=day(v.due),box=v.box;return!due||typeof box!="n\
umber"||!Number.isInteger(box)||box<1||box>5?null:{box,due,at:moment(v.at)??due+"T00:00:00Z",n:count(v.n)}}},forbidden=["__proto__","prototy\
pe","constructor"];function isID(v){return typeof v=="string"&&v.length>0&&v.length<=LIMITS.id&&!forbidden.includes(v)&&!/[\u0000-\u001f\u007f]/.
test(v)}function isSeed(v){return typeof v=="number"&&Number.isInteger(v)&&v>=0&&v<=4294967295}function day(v){if(!(typeof v!="string"||!/^[12]\d{3}-\d\d-\d\d$/.
test(v)||Number.isNaN(Date.parse(v))))return v}function moment(v){if(typeof v!="string")return;let m=/^([12]\d{3}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z)?$/.
exec(v);if(!m)return;let at=`${m[1]}T${m[2]??"00:00:00"}Z`;return Number.isNaN(Date.parse(at))?void 0:at}function share2(v){return typeof v==
"number"&&v>=0&&v<=1?v:void 0}function count(v){return typeof v=="number"&&Number.isInteger(v)&&v>=0&&v<=1e6?v:0}var Store=class{constructor(world){this.world=world;this.progress=empty();this.writable=!0;this.unsaved=!1;this.told=new Set;this.watchers=[];
this.look()}get key(){return`waymark:${this.world.site}:progress`}get(){return this.progress}get seed(){return this.progress.learner?.seed??
0}watch(fn){this.watchers.push(fn)}tell(...events){this.look();let now=this.world.now();this.progress.learner||(events=[{do:"joined",code:code(
this.world.random()),seed:this.world.random()},...events]);for(let e of events)this.progress=apply(this.progress,e,now);this.keep(),this.say()}join(other){
this.look(),this.progress=merge(this.progress,other),this.keep(),this.say()}clear(){this.progress=empty();try{this.world.storage?.removeItem(
this.key),this.world.storage?.removeItem(this.key+":damaged"),this.seen=null,this.writable=!0}catch{this.tellTrouble("denied")}this.say()}changed(key){
if(key!==null&&key!==this.key)return;let before=this.progress;this.look(),this.progress!==before&&this.say()}look(){let{storage:storage2}=this.
world,text=null;try{if(!storage2)return this.tellTrouble("denied");text=storage2.getItem(this.key)}catch{return this.writable=!1,this.tellTrouble(
"denied")}if(text===this.seen)return;let first=this.seen===void 0;if(this.seen=text,this.writable=!0,text===null){first||(this.progress=empty());
return}let read=fromText(text,this.world.site);"progress"in read?(this.progress=this.unsaved?merge(this.progress,read.progress):read.progress,
read.dropped>0&&this.putAside(text)):this.refuse(read.refused,text)}refuse(why,text){if(why==="newer")return this.writable=!1,this.tellTrouble(
"newer");this.putAside(text)}putAside(text){try{let key=this.key+":damaged";this.world.storage?.getItem(key)===null&&this.world.storage.setItem(
key,text)}catch{}this.tellTrouble("damaged")}keep(){if(!this.writable||!this.world.storage)return;let text=isEmpty(this.progress)?null:this.
text();try{text===null?this.world.storage.removeItem(this.key):this.world.storage.setItem(this.key,text),this.seen=text,this.unsaved=!1}catch{
this.unsaved=!0,this.tellTrouble("full")}}text(){let{learner,...rest}=this.progress;return JSON.stringify({format:FORMAT,version:1,site:this.
world.site,learner,seed:learner?.seed,...rest})}say(){for(let fn of this.watchers)fn(this.progress)}tellTrouble(what){this.told.has(what)||(this.
told.add(what),this.world.trouble?.(what))}};function code(bits){let letters="23456789ABCDEFGHJKLMNPQRSTUVWXYZ",s="";for(let i=0;i<6;i++)s+=
letters[bits>>>i*5&31];return s.slice(0,4)+"-"+s.slice(4)}function fieldsOf(root,key,answers,say,changed2){switch(key.type){case"single":case"multiple":case"rating":return choice(root,key,answers,say);case"\
order":return ordering(root,key,answers,say,changed2);case"match":return matching(root,key,answers,say);case"cloze":return cloze(root,key,say);default:
return typed(root,answers,say)}}function markOf(kind,say){let m=element("span","mk mk-"+kind);return m.append(icon({no:"cross",tried:"retry"}[kind]??
"check")," ",say("mark."+({ok:"right",no:"wrong"}[kind]??kind))),m}function choice(root,key,answers,say){let options=all(root,".opt"),input=o=>find(
o,"input"),place=o=>Number(input(o).value),chosen=()=>options.filter(o=>input(o).checked),right=new Set(key.right??[]),unmark=o=>{o.classList.
remove("is-ok","is-no","is-missed"),find(o,".mk")?.remove()};return{controls:()=>options.map(input),read:()=>chosen().map(place).sort((a,b)=>a-
b),missing:()=>chosen().length>0||!options[0]?null:input(find(root,".opt")),write:answer=>options.forEach(o=>input(o).checked=answer.includes(
place(o))),reset:()=>options.forEach(o=>input(o).checked=!1),clear:()=>{options.forEach(unmark),all(root,".why").forEach(w=>w.remove())},paint:(_marked,answer)=>{
let shown=[],why=(o,text)=>{if(!text)return;let box=element("div","why");box.dataset.why=String(place(o)),box.append(text),o.after(box),shown.
push(box)};for(let o of options){unmark(o);let is=right.has(place(o));input(o).checked?(key.neutral||(o.classList.add(is?"is-ok":"is-no"),o.
append(markOf(is?"ok":"no",say)),!is&&key.type==="single"&&o.classList.add("was-tried")),why(o,answers.copy("why",place(o)))):is&&answer?(o.
classList.add("is-missed"),o.append(markOf("missed",say)),why(o,answers.copy("missed",place(o))??answers.copy("why",place(o)))):o.classList.
contains("was-tried")&&!key.neutral&&o.append(markOf("tried",say))}return shown},arrange:order2=>{let at=new Map(options.map(o=>[place(o),o])),
parent=options[0]?.parentElement;for(let i of order2){let o=at.get(i);o&&parent?.append(o)}}}}function typed(root,answers,say){let input=find(
root,".inp input");return{controls:()=>[input],read:()=>[input.value.trim()],missing:()=>input.value.trim()?null:input,write:answer=>input.value=
String(answer[0]??""),reset:()=>input.value="",clear:()=>{input.classList.remove("is-ok","is-no"),input.parentElement?.querySelector(".mk")?.
remove()},paint:marked2=>(input.classList.add(marked2.right?"is-ok":"is-no"),input.after(markOf(marked2.right?"ok":"no",say)),marked2.line===
void 0?[]:[answers.copy("why",marked2.line)??document.createDocumentFragment()])}}function matching(root,key,answers,say){let rows=all(root,
".pair").sort((a,b)=>Number(a.dataset.row)-Number(b.dataset.row)),select=row=>find(row,"select"),shown=answers.shown(),partner=row=>select(row).
value===""?-1:shown[Number(select(row).value)]??Number(select(row).value),choose=(row,p)=>select(row).value=p<0?"":String(shown.length?shown.
indexOf(p):p);return{controls:()=>rows.map(select),read:()=>rows.map(partner),missing:()=>rows.map(select).find(s=>s.value==="")??null,write:answer=>rows.
forEach((row,i)=>choose(row,Number(answer[i]??-1))),reset:last=>rows.forEach((row,i)=>(!last||last.right||!last.parts[i])&&choose(row,-1)),clear:()=>rows.
forEach(clearPart),paint:(marked2,answer)=>(rows.forEach((row,i)=>{answer&&choose(row,key.pairs?.[i]??-1);let ok=marked2.parts[i]===!0;row.classList.
add(ok?"is-ok":"is-no"),row.append(markOf(ok?"ok":answer?"missed":"no",say))}),[])}}function clearPart(part){part.classList.remove("is-ok","\
is-no"),find(part,":scope > .mk")?.remove()}function cloze(root,key,say){let gaps=all(root,".gap").sort((a,b)=>Number(a.dataset.gap)-Number(
b.dataset.gap)),isChoice=g=>g.tagName==="SELECT";return{controls:()=>gaps,read:()=>gaps.map(g=>g.value.trim()===""?"":isChoice(g)?Number(g.value):
g.value.trim()),missing:()=>gaps.find(g=>g.value.trim()==="")??null,write:answer=>gaps.forEach((g,i)=>g.value=String(answer[i]??"")),reset:last=>gaps.
forEach((g,i)=>(!last||last.right||!last.parts[i])&&(g.value="")),clear:()=>gaps.forEach(g=>{g.classList.remove("is-ok","is-no"),g.nextElementSibling?.
classList.contains("mk")&&g.nextElementSibling.remove()}),paint:(marked2,answer)=>(gaps.forEach((g,i)=>{let gap=key.gaps?.[i];answer&&!marked2.
parts[i]&&(g.value=String(gap?.accepts?.[0]??gap?.choice??""));let ok=marked2.parts[i]===!0;g.classList.add(ok?"is-ok":"is-no"),g.after(markOf(
ok?"ok":answer?"missed":"no",say))}),[])}}function ordering(root,key,answers,say,changed2){let list=find(root,".order"),live=find(root,"[dat\
a-live]"),shown=answers.shown(),authored=li=>shown[Number(li.dataset.item)]??Number(li.dataset.item),items=()=>all(list,":scope > li"),text=li=>find(
li,".txt")?.textContent?.trim()??"",touched=!1,label=()=>{let now=items();now.forEach((li,i)=>{let[up,down]=all(li,".mv button");up?.setAttribute(
"aria-disabled",String(i===0)),down?.setAttribute("aria-disabled",String(i===now.length-1))})},move=(li,by,from)=>{let other=by<0?li.previousElementSibling:
li.nextElementSibling;if(from.getAttribute("aria-disabled")==="true"||!other)return;by<0?other.before(li):other.after(li),touched=!0;for(let o of items())
o.classList.toggle("moved",o===li);label(),changed2();let now=items();live&&(live.textContent=say("order.now",text(li),now.indexOf(li)+1,now.
length)),from.focus()};for(let li of items()){find(li,".posl")?.remove();let buttons=element("span","mv");for(let[name,by]of[["up",-1],["dow\
n",1]]){let b=button("iconbtn","",()=>move(li,by,b));b.append(icon(name)),b.setAttribute("aria-label",say("order."+name,text(li))),buttons.append(
b)}li.append(buttons)}label();let arrange2=order2=>{let at=new Map(items().map(li=>[authored(li),li]));for(let i of order2){let li=at.get(i);
li&&list.append(li)}label()};return{controls:()=>all(list,"button"),read:()=>items().map(authored),missing:()=>null,write:answer=>{touched=!0,
arrange2(answer.map(Number))},reset:()=>touched=!1,clear:()=>items().forEach(li=>(clearPart(li),li.classList.remove("moved"))),paint:(marked2,answer)=>(answer&&
arrange2(Array.from({length:key.size??items().length},(_,i)=>i)),items().forEach((li,i)=>{let ok=answer||marked2.parts[i]===!0;li.classList.
add(ok?"is-ok":"is-no"),li.append(markOf(ok?"ok":"no",say))}),[]),arrange:order2=>!touched&&arrange2(order2)}}function mark(key,answer){switch(key.type){case"single":{let right=(key.right??[]).includes(Number(answer[0]));return whole(right)}case"mult\
iple":{let wanted=new Set(key.right??[]),chosen=new Set(answer.map(Number)),parts=Array.from({length:key.size??0},(_,i)=>wanted.has(i)===chosen.
has(i));return byParts(key,parts)}case"number":return markNumber(key,String(answer[0]??""));case"text":return markText(key,String(answer[0]??
""));case"order":return byParts(key,Array.from({length:key.size??answer.length},(_,i)=>Number(answer[i])===i));case"match":return byParts(key,
(key.pairs??[]).map((partner,row)=>Number(answer[row]??-1)===partner));case"cloze":return byParts(key,(key.gaps??[]).map((gap,i)=>{let given=answer[i];
return given===void 0||given===""?!1:gap.accepts?gap.accepts.some(value=>equalText(String(given),value,key.text??{})!=="no"):Number(given)===
(gap.choice??0)}));case"scenario":{let ending=key.scenes?.find(scene=>scene.id===answer[answer.length-1])?.ending,share3=ending==="well"?1:ending===
"mixed"?.5:0;return{share:share3,right:share3===1,good:share3,of:1,parts:[]}}default:return whole(!0)}}function whole(right,line){let marked2={
share:right?1:0,right,good:right?1:0,of:1,parts:[right]};return line!==void 0&&(marked2.line=line),marked2}function byParts(key,parts){let good=parts.
filter(Boolean).length,right=parts.length>0&&good===parts.length;return{share:key.score==="each"&&parts.length>0?good/parts.length:right?1:0,
right,good,of:parts.length,parts}}function markNumber(key,typed2){let value=parseNumber(typed2,key.text?.unit),accepts=key.accepts??[],best2=-1,
width=1/0;return value!==null&&accepts.forEach((line,i)=>{if(line.any||line.min===void 0||line.max===void 0)return;let slack=1e-9*Math.max(1,
Math.abs(line.min),Math.abs(line.max));value<line.min-slack||value>line.max+slack||(best2<0||line.max-line.min<width)&&(best2=i,width=line.max-
line.min)}),onLine(accepts,best2)}function markText(key,typed2){let accepts=key.accepts??[],how=key.text??{},exact=(want=>accepts.findIndex(
line=>!line.any&&line.v!==void 0&&equalText(typed2,line.v,how)===want))("same");if(exact>=0||!how.typos)return onLine(accepts,exact);let near=accepts.
findIndex(line=>line.right&&line.v!==void 0&&equalText(typed2,line.v,how)==="slip"),marked2=onLine(accepts,near);return near>=0&&(marked2.slip=
!0),marked2}function onLine(accepts,line){return line<0&&(line=accepts.findIndex(a=>a.any)),line<0?whole(!1):whole(accepts[line].right===!0,
line)}function equalText(typed2,wanted,how){let a=normalise(typed2,how),b=normalise(wanted,how);if(a===b)return"same";if(!how.typos)return"n\
o";let as=a.split(" "),bs=b.split(" ");if(as.length!==bs.length)return"no";let slips=0;for(let i=0;i<bs.length;i++)if(as[i]!==bs[i]){if([...bs[i]].
length<5||!oneSlip([...as[i]],[...bs[i]]))return"no";slips++}return slips===1?"slip":"no"}function oneSlip(a,b){let i=0;for(;i<a.length&&i<b.
length&&a[i]===b[i];)i++;let rest=(x,from)=>x.slice(from).join("");return a.length===b.length?rest(a,i+1)===rest(b,i+1)||a[i]===b[i+1]&&a[i+
1]===b[i]&&rest(a,i+2)===rest(b,i+2):a.length===b.length+1?rest(a,i+1)===rest(b,i):a.length+1===b.length&&rest(a,i)===rest(b,i+1)}function normalise(text,how={}){
let s=text.normalize("NFKC");return s=s.replace(/[\u2010-\u2015\u2212\u2e3a\u2e3b]/g,"-").replace(/[\u2018-\u201b\u2032\u00b4`]/g,"'").replace(
/[\u201c-\u201f\u2033\u00ab\u00bb]/g,'"'),how.case||(s=s.toLowerCase().replace(/ß/g,"ss").replace(/ς/g,"σ")),how.noAccents&&(s=s.normalize(
"NFD").replace(/\p{Mn}/gu,"").normalize("NFC")),s=s.replace(/\s+/g," ").trim(),s.endsWith(".")&&!s.endsWith("..")?s.slice(0,-1).trim():s}function parseNumber(typed2,units=[]){
let s=typed2.normalize("NFKC").trim();for(let unit of[...units].sort((a,b)=>b.length-a.length)){let u=unit.normalize("NFKC").trim().toLowerCase();
if(u!==""&&s.toLowerCase().endsWith(u)){s=s.slice(0,s.length-u.length).trim();break}}if(s=s.replace(/[\u2212\u2012-\u2014]/g,"-").replace(/[\s'\u2019_]/g,
""),s.includes(",")&&s.includes(".")){let thousands=s.lastIndexOf(",")>s.lastIndexOf(".")?/\./g:/,/g;s=s.replace(thousands,"")}else(/^[+-]?\d{1,3}(,\d{3}){2,}$/.
test(s)||/^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(s))&&(s=s.replace(/[.,]/g,""));return s=s.replace(",","."),/^[+-]?(\d+\.?\d*|\.\d+)$/.test(s)?Number(
s):null}var Check=class extends HTMLElement{wake(around){return this.around=around,this.answers=new Answers(this.id),this.key=this.answers.key(),!!this.
key}on(selector,press){for(let b of all(this,selector))b.addEventListener("click",()=>b.getAttribute("aria-disabled")==="true"||press(b))}turn(selector,off){
find(this,selector)?.setAttribute("aria-disabled",String(off))}show(selector,on){let e=find(this,selector);e&&(e.hidden=!on)}},Shell=class extends Check{constructor(){
super(...arguments);this.hints=0}wake(around){if(!super.wake(around))return!1;this.on("[data-check]",()=>this.check()),this.on("[data-hint]",
()=>this.hint());let clear=()=>this.edited();return this.addEventListener("change",clear),this.addEventListener("input",clear),this.addEventListener(
"keydown",e=>{e.key!=="Enter"||!(e.target instanceof HTMLInputElement)||e.target.matches("[type=radio], [type=checkbox]")||(e.preventDefault(),
this.check())}),this.offerHint(),!0}check(){}edited(){this.error("")}status(kind,iconName="",title="",body=[]){let box=find(this,"[data-feed\
back]");box&&(box.className="fb "+kind,box.replaceChildren(...title?[headed(iconName,title)]:[],...body.flatMap(b=>b===null?[]:typeof b=="st\
ring"?element("p","",b):b)))}explanation(){return boxed("explanation",this.answers.copy("explanation"))}complain(at){this.error(this.around.
say("empty."+this.key.type)),at?.setAttribute("aria-invalid","true"),at?.focus()}error(text){let err=document.getElementById(this.id+".error");
if(err&&(err.textContent=text),!text)for(let f of all(this,"[aria-invalid]"))f.removeAttribute("aria-invalid")}hint(){this.showHints(this.hints+
1),tell(this,{do:"hinted",id:this.key.id,rev:this.key.rev,hints:this.hints})}showHints(n){let of=this.key.hints??0;for(;this.hints<n&&this.hints<
of;){let text=this.answers.copy("hint",this.hints++),box=boxed("hintbox",text);box?.prepend(headed("bulb",this.around.say("hint",this.hints,
of))),box&&find(this,"[data-hints]")?.append(box)}this.offerHint()}offerHint(){let of=this.key.hints??0;this.show("[data-hint]",of>0),this.turn(
"[data-hint]",this.hints>=of)}};function headed(iconName,title){let head=element("p","ft");return head.append(icon(iconName)," ",title),head}
function boxed(className,text){if(!text)return null;let box=element("div",className);return box.append(text),box}function random(seed){let a=fnv1a(seed);return()=>{a=a+1831565813|0;let t=Math.imul(a^a>>>15,1|a);return t=t+Math.imul(t^t>>>7,61|t)^t,((t^t>>>
14)>>>0)/4294967296}}function fnv1a(text){let h=2166136261;for(let byte of new TextEncoder().encode(text))h=Math.imul(h^byte,16777619);return h>>>
0}function seedOf(site,learner,id,attempt){return[site,learner,id,attempt].join("|")}function shuffle(n,seed,pinLast=!1){let order2=Array.from(
{length:n},(_,i)=>i),next=random(seed);for(let i=(pinLast?n-1:n)-1;i>0;i--){let j=Math.floor(next()*(i+1));[order2[i],order2[j]]=[order2[j],
order2[i]]}return order2}var SETTLED="waymark-settled",Question=class extends Shell{constructor(){super(...arguments);this.tries=0;this.wrong=0;this.last=null;this.held=
!1;this.sure=0}wake(around){return super.wake(around)?(this.fields=fieldsOf(this,this.key,this.answers,around.say,()=>this.edited()),this.on(
"[data-again]",()=>this.again()),this.on("[data-reveal]",()=>this.reveal()),this.on("[data-sure]",b=>{this.sure=Number(b.dataset.sure),find(
this,"[data-check]")?.focus(),this.check()}),this.offer(),!0):!1}restore(kept){let{rev}=this.key,own2=revision(kept,rev);this.showHints(own2?.
hints??0),own2?.last&&own2.tries!==this.tries?(this.tries=own2.tries,this.fields.write(own2.last.v),this.last=mark(this.key,own2.last.v),this.
wrong=own2.best<1?own2.tries:0,this.quietly(()=>this.result(this.mayShowAnswer(!1)))):this.tries===0&&this.mix(0),changed(kept,rev)&&this.quietly(
()=>this.status("note","info",this.around.say("changed"))),this.offer()}ask(round,held2=!1){this.held=held2,this.tries=this.wrong=0,this.last=
null;for(let o of all(this,".was-tried"))o.classList.remove("was-tried");this.empty(round)}release(){this.held=!1,this.last&&this.result(this.
mayShowAnswer(!0)),this.offer()}empty(round){this.edited(),this.fields.reset(this.last),this.last=null,this.lock(!1),this.mix(round),this.offer()}mix(round){
let{key,fields}=this;if(!key.shuffle||!fields.arrange||key.type==="order"&&round===0)return;let order2=shuffle(key.size??0,seedOf(this.around.
site,this.around.seed(),key.id,round),key.pinLast);key.type==="order"&&order2.every((v,i)=>v===i)&&(order2=order2.slice(1).concat(order2.slice(
0,1))),fields.arrange(order2)}check(){if(this.noTriesLeft())return;let missing=this.fields.missing();if(missing)return this.complain(missing);
let sure=find(this,".sure");if(this.key.confidence&&sure?.hidden&&!this.sure){sure.hidden=!1,find(sure,"button")?.focus();return}let v=this.
fields.read();this.last=mark(this.key,v),this.tries++,this.last.right||this.wrong++;let{id,rev}=this.key,event={do:"answered",id,rev,v,s:this.
last.share};this.sure&&(event.sure=this.sure),tell(this,event),this.sure=0,sure&&(sure.hidden=!0),this.held?(this.edited(),this.status("note",
"check",this.around.say("saved"))):this.result(this.mayShowAnswer(!1)),this.offer(),this.dispatchEvent(new CustomEvent(SETTLED,{bubbles:!0}))}mayShowAnswer(atEnd){
let{reveal,neutral}=this.key;return reveal==="never"?!1:!!neutral||atEnd||this.noTriesLeft()||Number(reveal)>0&&this.wrong>=Number(reveal)}noTriesLeft(){
return!!this.key.tries&&this.tries>=this.key.tries&&!this.last?.right}result(answer){let{last,key}=this,{say}=this.around;if(!last)return;this.
fields.clear();let right=last.right,shown=this.fields.paint(last,answer&&!right),over=this.noTriesLeft(),body=[];!key.neutral&&!right&&last.
of>1&&!(answer&&key.type==="multiple")&&body.push(this.parts(last)),last.slip&&body.push(say("typo"));for(let node of shown)body.push(node instanceof
HTMLElement?element("p","vh",node.textContent?.trim()):node);answer&&!right&&!["single","multiple"].includes(key.type)&&body.push(element("p",
"nt",say("answer")),boxed("right",this.answers.copy("right"))),(right||answer||key.neutral||over)&&body.push(this.explanation()),key.tries&&
!right&&!over&&body.push(say.count("tries.left",key.tries-this.tries)),!right&&!key.neutral&&!body.some(Boolean)&&body.push(say(over?"tries.\
none":"tryagain"));let kind=key.neutral?"note":right?"ok":last.good>0&&last.of>1?"part":"no";this.status(kind,{ok:"check",note:"info"}[kind]??
"retry",say({ok:"right",no:"notyet",part:"partly"}[kind]??"thanks"),body),this.lock(over)}parts(last){let{say}=this.around;if(this.key.type===
"multiple"){let right=this.key.right??[],chosen=this.fields.read().map(Number),good=chosen.filter(i=>right.includes(i)).length;if(good===chosen.
length)return say.count("more",right.length-good);if(good===right.length)return say.count("toomany",chosen.length-good)}return say("score",last.
good,last.of)}quietly(fill){let box=find(this,"[data-feedback]");box?.removeAttribute("role"),fill(),requestAnimationFrame(()=>box?.setAttribute(
"role","status"))}edited(){super.edited(),this.fields.clear(),this.status("")}again(){this.empty(this.tries),(this.fields.missing()??this.fields.
controls()[0])?.focus()}reveal(){this.last??(this.last=mark(this.key,this.fields.read())),this.result(!0),this.turn("[data-reveal]",!0)}offer(){
let{key,last,held:held2}=this;this.show("[data-again]",!!last&&!held2&&!this.noTriesLeft()),this.show("[data-reveal]",this.tries>0&&key.reveal!==
"never"&&!held2&&!key.neutral),this.turn("[data-reveal]",!!last?.right),this.turn("[data-check]",this.noTriesLeft())}lock(off){for(let c of this.
fields.controls())c.tagName!=="BUTTON"&&(c.disabled=off)}};function draw(of,how){let seed=how.fixed?seedOf(how.site,0,how.quiz,0):seedOf(how.site,how.learner,how.quiz,how.attempt),order2=shuffle(of,seed),
pick=how.pick>0&&how.pick<of?how.pick:of,drawn=order2.slice(0,pick);return how.shuffle?drawn:drawn.sort((a,b)=>a-b)}var Quiz=class extends Check{constructor(){super(...arguments);this.pool=[];this.drawn=[];this.kept={points:0,got:0,good:0,of:0};this.shares=
new Map;this.attempt=0;this.warned=!1;this.done=!1}wake(around){if(!super.wake(around))return!1;let{key}=this,list=all(this,"waymark-questio\
n").filter(q=>q.key);this.pool=key.of?key.of.flatMap(id=>list.find(q=>q.key.id===id)??[]):list;for(let q of this.pool)key.confidence&&(q.key=
{...q.key,confidence:!0}),key.tries&&(q.key={...q.key,tries:q.key.tries||key.tries});return this.addEventListener(SETTLED,e=>this.settled(e.
target)),this.on("[data-finish]",()=>this.finish(!0)),this.on("[data-missed]",()=>this.again(!0)),this.on("[data-redraw]",()=>this.again(!1)),
!0}restore(kept,answers){if(this.drawn.length>0)return;this.attempt=kept?.tries??0,this.start(this.draw());let since=kept?.last?.at??"";for(let q of this.
drawn){let a=answers(q.key.id);a?.last&&a.rev===q.key.rev&&a.last.at>since&&(this.held||q.restore(a),this.shares.set(q,a.last.s))}this.offer()}include(q){
this.drawn.includes(q)||!this.pool.includes(q)||this.start([q,...this.drawn.slice(0,-1)])}get questions(){return this.pool}get held(){return this.
key.feedback==="end"}draw(){let{site,seed}=this.around,{key,attempt}=this;return draw(this.pool.length,{site,learner:seed(),quiz:key.id,attempt,
pick:key.pick??0,shuffle:key.shuffle===!0,fixed:key.seed==="fixed"}).flatMap(i=>this.pool[i]??[])}start(questions2){let{say}=this.around;this.
drawn=questions2,this.shares.clear(),this.warned=this.done=!1;let box=find(this,"[data-drawn]");for(let q of this.pool)q.hidden=!questions2.
includes(q);questions2.forEach((q,i)=>{box?.append(q),q.ask(this.attempt,this.held);let number=find(q,"[data-number]");number&&(number.textContent=
say("quiz.number",i+1,questions2.length))});let text=find(this,"[data-draw-text]");text&&(text.textContent=questions2.length<this.pool.length?
say.count("quiz.draw",questions2.length,questions2.length,this.pool.length):""),this.show("[data-result]",!1),this.offer()}settled(q){this.drawn.
includes(q)&&((!this.shares.has(q)||this.held)&&this.shares.set(q,q.last?.share??0),!this.held&&this.shares.size===this.drawn.length&&!this.
done&&this.finish(!1),this.offer())}finish(asked){let open=this.drawn.filter(q=>!this.shares.has(q)),{say}=this.around,status=find(this,"[da\
ta-score-text]");if(this.show("[data-result]",!0),asked&&open.length>0&&!this.warned){this.warned=!0,status?.replaceChildren(element("p","",
say.count("quiz.togo",open.length))),open[0]?.scrollIntoView({block:"nearest"});return}this.done=!0;let{points,got,good,of}=this.kept;for(let q of this.
drawn){this.held&&q.release();let share3=this.shares.get(q)??0;points+=q.key.points||1,got+=(q.key.points||1)*share3,of++,share3>=1&&good++}
let s=points===0?0:got/points;tell(this,{do:"answered",id:this.key.id,rev:this.key.rev,v:[good,of],s:Math.round(s*1e4)/1e4});let big=find(this,
"[data-score]");big&&(big.textContent=say("quiz.score",good,of));let lines=[element("p","",say(good===of?"quiz.all":"quiz.again"))];this.key.
pass&&lines.push(element("p","",say(s*100>=this.key.pass-1e-9?"quiz.pass":"quiz.nopass",this.key.pass))),status?.replaceChildren(...lines),this.
offer()}again(missed){let right=this.drawn.filter(q=>(this.shares.get(q)??0)>=1);if(this.attempt++,missed){for(let q of right)this.kept.points+=
q.key.points||1,this.kept.got+=q.key.points||1,this.kept.good++,this.kept.of++;this.start(this.drawn.filter(q=>!right.includes(q)))}else this.
kept={points:0,got:0,good:0,of:0},this.start(this.draw());let first=this.drawn[0];find(first??this,"input, select, textarea, button")?.focus()}offer(){
let missed=this.drawn.some(q=>(this.shares.get(q)??0)<1);this.show("[data-finish]",this.held&&!this.done),this.show("[data-missed]",this.done&&
missed),this.show("[data-redraw]",this.done)}};var Rating=class extends Shell{restore(kept,earlier){this.earlier=point(earlier);let now=point(kept);if(now!==void 0)for(let i of this.inputs)
i.checked=Number(i.value)===now}get inputs(){return all(this,".opt input")}words(n){return this.inputs.find(i=>Number(i.value)===n)?.closest(
".opt")?.querySelector(".txt")?.textContent?.replace(/\s+/g," ").trim()??String(n+1)}edited(){super.edited(),this.status("")}check(){let chosen=this.
inputs.find(i=>i.checked);if(!chosen)return this.complain(this.inputs[0]);let{say}=this.around,now=Number(chosen.value);tell(this,{do:"answe\
red",id:this.key.id,rev:this.key.rev,v:[now],s:1});let then=this.earlier===void 0?[]:[say("rating.then",this.words(this.earlier))];this.status(
"note","check",say("saved"),then)}};function point(a){let v=a?.last?.v[0];return v===void 0?void 0:Number(v)}var Reflection=class extends Shell{constructor(){super(...arguments);this.kept=""}wake(around){if(!super.wake(around))return!1;this.field.addEventListener(
"change",()=>this.keep()),document.addEventListener("visibilitychange",()=>document.visibilityState==="hidden"&&this.keep());for(let tick of this.
ticks)tick.addEventListener("change",()=>this.answer());return!0}restore(kept,note){if(this.showHints(kept?.hints??0),note!==void 0&&document.
activeElement!==this.field&&(this.kept=this.field.value=note),!!kept?.last){for(let tick of this.ticks)tick.checked=kept.last.v.includes(Number(
tick.value));this.open()}}get field(){return find(this,"textarea")}get ticks(){return all(this,"[data-criteria] input")}get stores(){return this.
dataset.keep!=="no"}keep(){let text=this.field.value;!this.stores||text===this.kept||(this.kept=text,tell(this,{do:"noted",key:this.key.id,text}))}check(){
if(!this.field.value.trim())return this.complain(this.field);this.keep(),this.answer(),this.open(),this.status("note","check",this.around.say(
this.stores?"saved":"thanks"),[this.explanation()])}answer(){let v=this.ticks.filter(t=>t.checked).map(t=>Number(t.value));tell(this,{do:"an\
swered",id:this.key.id,rev:this.key.rev,v,s:1})}open(){find(this,"[data-criteria]")?.classList.add("open")}};var queueKey=site=>`waymark:${site}:queue`;function wakeReview(app,questions2,quizzes){if(!new URLSearchParams(location.search).has("review"))
return;let id=decodeURIComponent(location.hash.slice(1)),question=questions2.find(q=>q.id===id);if(question){for(let quiz of quizzes)quiz.include(
question);question.ask(Math.floor(Date.parse(app.now())/864e5)),question.classList.add("in-review"),question.scrollIntoView(),find(question,
"input, select, textarea, button:not([hidden])")?.focus({preventScroll:!0}),question.addEventListener("waymark-settled",()=>{let next=nextCard(
app.page.site),p=element("p","next-card"),a=element("a","btn",app.say(next?"review.next":"review.back"));a.href=next??app.page.root+"progres\
s.html",p.append(a),question.append(p)},{once:!0})}}function nextCard(site){try{let queue=JSON.parse(sessionStorage.getItem(queueKey(site))??
"[]");if(!Array.isArray(queue)||typeof queue[0]!="string")return null;sessionStorage.setItem(queueKey(site),JSON.stringify(queue.slice(1)));
let url=new URL(queue[0],location.href);return url.origin===location.origin&&url.protocol===location.protocol?url.href:null}catch{return null}}var DAYS=[1,3,7,21,60];var questions=["single","multiple","number","text","order","match","cloze"];function inDeck(check){return check.deck!==!1&&questions.includes(
check.type)}function addDays(day2,n){return new Date(Date.parse(day2+"T00:00:00Z")+n*864e5).toISOString().slice(0,10)}function step(check,before,card,right,today){
if(!inDeck(check))return null;if(!card){let box2=right?2:1;return{box:box2,due:addDays(today,check.firstReview??DAYS[box2-1]),counts:!1}}let due=card.
due<=today||changed(before,check.rev);if(!right)return card.box===1&&!due?null:{box:1,due:addDays(today,1),counts:due};if(!due)return null;let box=Math.
min(card.box+1,DAYS.length);return{box,due:addDays(today,DAYS[box-1]),counts:!0}}var Scenario=class extends Shell{constructor(){super(...arguments);this.way=[]}wake(around){let start=this.scenes.find(s=>"first"in s.dataset)??
this.scenes[0];if(!start||!super.wake(around))return!1;this.way=[start.dataset.scene],this.addEventListener("click",e=>{let link=e.target.closest(
"a[data-to]");!link||e.ctrlKey||e.metaKey||e.shiftKey||(e.preventDefault(),this.go([...this.way,link.dataset.to],this.answers.comment(this.way[this.
way.length-1],link.dataset.choice??"")))}),this.on("[data-back]",()=>this.go(this.way.slice(0,-1))),this.on("[data-restart]",()=>this.go(this.
way.slice(0,1)));let asked=this.scenes.find(s=>"#"+s.id===decodeURIComponent(location.hash));return asked&&asked!==start&&this.way.push(asked.
dataset.scene),this.stage(),!0}restore(kept,place){let way=place?String(place.v||this.way[0]).split(" "):kept?.last?.v.map(String);this.way.
length>1||way?.[0]!==this.way[0]||!way?.every(id=>this.scene(id))||(this.way=way,this.stage())}get scenes(){return all(this,"[data-scene]")}scene(id){
return this.scenes.find(s=>s.dataset.scene===id)}go(way,comment=null){let to=this.scene(way[way.length-1]);if(!to)return;this.way=way,this.stage();
let place=way.join(" ");tell(this,{do:"marked",key:markKey.scene(this.key.id),v:place.length<=200&&way.length>1?place:!1});let ending=to.dataset.
ending;if(ending){tell(this,{do:"answered",id:this.key.id,rev:this.key.rev,v:way,s:mark(this.key,way).share});let well=ending==="well";this.
status(well?"ok":"note",well?"check":"info",this.around.say("scenario."+ending),[comment,this.explanation()])}else this.status(comment?"note":
"","","",[comment]);to.focus()}stage(){let now=this.scene(this.way[this.way.length-1]);for(let s of this.scenes)s.hidden=s!==now;this.show("\
[data-back]",this.way.length>1),this.show("[data-restart]",this.way.length>1)}};var Tabs=class extends HTMLElement{connectedCallback(){let panels=all(this,":scope > .tab");if(panels.length<2||this.classList.contains("tab\
s-on"))return;let list=element("div","tablist");list.setAttribute("role","tablist");let tabs=panels.map((panel,i)=>{let title=find(panel,".t\
ab-title"),tab=button("tab-button",title?.textContent?.trim()??String(i+1),()=>show(i));return tab.setAttribute("role","tab"),tab.id=(title?.
id||`${this.id||"tabs"}-${i}`)+".tab",panel.id||(panel.id=tab.id+".panel"),tab.setAttribute("aria-controls",panel.id),panel.setAttribute("ro\
le","tabpanel"),panel.setAttribute("aria-labelledby",tab.id),panel.tabIndex=0,tab}),show=n=>{panels.forEach((panel,i)=>{panel.classList.toggle(
"tab-off",i!==n),tabs[i].setAttribute("aria-selected",String(i===n)),tabs[i].tabIndex=i===n?0:-1})};list.addEventListener("keydown",e=>{let now=tabs.
findIndex(t=>t.tabIndex===0),forward=getComputedStyle(this).direction==="rtl"?"ArrowLeft":"ArrowRight",backward=forward==="ArrowRight"?"Arro\
wLeft":"ArrowRight",to={[forward]:now+1,[backward]:now-1,Home:0,End:tabs.length-1}[e.key];if(to===void 0)return;e.preventDefault();let n=(to+
tabs.length)%tabs.length;show(n),tabs[n].focus()}),list.append(...tabs),this.prepend(list),this.classList.add("tabs-on"),show(0)}};function main(){customElements.define("waymark-tabs",Tabs),wakeShell();let page=pageData();if(!page)return;let language=document.documentElement.
lang,say=wordsOf(page.strings,language),now=()=>momentOf(Date.now()),notice=text=>{let box=find(document,"[data-update]");box&&(box.textContent=
text)},store=new Store({site:page.site,storage:storage(),now,random:()=>crypto.getRandomValues(new Uint32Array(1))[0],trouble:what=>once(what,
()=>notice(say(what==="denied"?"memory":what)))});addEventListener("storage",e=>store.changed(e.key));let loading,door={site:data=>door.loaded=
data,answers:html=>document.getElementById("main")?.append(...new DOMParser().parseFromString(html,"text/html").body.childNodes)},app={page,
store,say,language,now,notice,site:()=>loading??(loading=loadScript(page.data).then(()=>door.loaded??Promise.reject(new Error(page.data)))),
tell:(...events)=>events.forEach(e=>tell2(app,e))};door.app=app,window.waymark=door,document.addEventListener("waymark",e=>tell2(app,e.detail));
let curtain=find(document,"main[data-curtain]")?.dataset.curtain;curtain?loadScript(curtain).then(()=>wakeChecks(app),()=>{}):wakeChecks(app),
wakeModule(app),find(document,more)&&loadScript(document.documentElement.dataset.assets+"progress.js")}var more="[data-form], [data-reading]\
, waymark-resume, .card[data-path], waymark-path, waymark-progress, [data-certificate-name]";function storage(){try{return window.localStorage}catch{
return null}}function once(what,say){try{let key="waymark:told:"+what;if(sessionStorage.getItem(key))return;sessionStorage.setItem(key,"1")}catch{}
say()}function tell2(app,e){let events=[e],check=e.do==="answered"?checkOf(app.page.modules??[],e.id):void 0;if(e.do==="answered"&&check){let p=app.
store.get(),next=step(check,own(p.answers,e.id),own(p.review,e.id),e.s>=1,app.now().slice(0,10));next&&events.push({do:"reviewed",id:e.id,...next})}
app.store.tell(...events)}function wakeChecks(app){let around={site:app.page.site,seed:()=>app.store.seed,say:app.say};customElements.define(
"waymark-question",Question),customElements.define("waymark-reflection",Reflection),customElements.define("waymark-rating",Rating),customElements.
define("waymark-scenario",Scenario),customElements.define("waymark-quiz",Quiz);let questions2=all(document,"waymark-question").filter(q=>q.wake(
around)),quizzes=all(document,"waymark-quiz").filter(q=>q.wake(around)),drawn=new Set(quizzes.flatMap(q=>q.questions)),reflections2=all(document,
"waymark-reflection").filter(r=>r.wake(around)),ratings=all(document,"waymark-rating").filter(r=>r.wake(around)),scenarios=all(document,"way\
mark-scenario").filter(s=>s.wake(around)),restore=()=>{let p=app.store.get(),kept=id=>own(p.answers,id);for(let q of questions2)drawn.has(q)||
q.restore(kept(q.key.id));for(let q of quizzes)q.restore(kept(q.key.id),kept);for(let r of reflections2)r.restore(kept(r.key.id),own(p.notes,
r.key.id)?.text);for(let r of ratings)r.restore(kept(r.key.id),r.key.same?kept(r.key.same):void 0);for(let s of scenarios)s.restore(kept(s.key.
id),own(p.marks,markKey.scene(s.key.id)))};restore(),addEventListener("storage",restore),wakeReview(app,questions2,quizzes)}main();})();
