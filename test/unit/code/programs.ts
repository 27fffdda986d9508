/**
 * One program per language with as much of the language in it as fits. No comments, and no white space in
 * strings: so that a test knows of every gap that it parts two tokens.
 */
export const programs: Readonly<Record<string, string>> = {
  typescript: `import { a , type B } from './a' ;
export type Pair < T > = [ T , T ] | { readonly key ?: T } ;
@decorate ( { x : 1 } )
export abstract class Shape < T extends B > extends Base implements Named {
  static #count = 0n ;
  declare readonly size : number ;
  constructor ( private readonly name : string , ... rest : T [ ] ) {
    super ( name ) ;
  }
  get area ( ) : number { return this . w ** 2 - + this . h ; }
  async * each ( from = 1 , { to , ... more } : Range = { } ) : AsyncGenerator < T > {
    for await ( const item of this . items ) { if ( item ?. ok && ! item [ 'no' ] ) yield * item ; else continue ; }
    outer : while ( true ) { do { i ++ ; -- j ; } while ( i < 10 ) ; break outer ; }
    switch ( kind ) { case 1 : case 'two' : return ; default : throw new Error ( \`\${ kind }!\` ) ; }
  }
}
const f = async < T , > ( x : T ) => ( { ... x , y : [ 1 , , 2 ] , z ( ) { } } ) as unknown ;
let g = a ? b : c ?? d || e , h = /re+/gi . test ( s ) , k = typeof l !== 'string' ;
try { await f ( 1 ) ; } catch ( error ) { delete o . p ; } finally { void 0 ; }
export default function * ( ) { const y = yield 1 ; }
enum Kind { One = 1 , Two }
namespace Space { export interface I { ( a : number ) : string ; [ key : string ] : unknown ; m ? ( ) : void } }
declare function outside ( a : string ) : asserts a is 'x' ;
`,
  typescriptreact: `export const Box = ( { a , b } : Props ) => (
  <Frame.Outer title = "x" { ... a } on = { ( ) => b ( 1 ) } >
    <p > { a . list . map ( ( x ) => <li key = { x } /> ) } </p >
  </Frame.Outer >
) ;
`,
  python: `from __future__ import annotations
import os . path as p , sys
@ decorate ( x = 1 )
class Shape ( Base , metaclass = Meta ) :
    size : int = 0
    def area ( self , w , / , h = 2 , * rest , key : str = 'k' , ** more ) -> float :
        if w > 1 and not h or key in rest :
            return w ** 2 - + h // 3
        elif w is not None :
            raise ValueError ( f'{w!r:>10}{h}' ) from error
        else :
            pass
        for i , j in zip ( a , b ) :
            while True :
                i += 1
                break
            else :
                continue
        try :
            x = [ y * 2 for y in z if y ]
        except ( A , B ) as error :
            del x [ 1 : 2 ] , d [ 'k' ]
        finally :
            assert x , 'why'
        with open ( 'f' ) as g , other :
            global n ; n = lambda q , r = 1 : q if r else { 'a' : 1 , ** s }
async def fetch ( url ) :
    await get ( url )
    yield b'x\\n'
    match kind :
        case Point ( x = 0 ) | None :
            return
print ( """a\\tb""" , r'\\d' , 0x1f , 1_000.5e3 , 2j , ... )
`,
  go:
    `package shop
import (
	"fmt"
	m "math/rand"
)
const ( A = iota ; B )
type Cart [ T any ] struct {
	items [ ] T ` +
    '`json:"a"`' +
    `
	* Base
}
type Reader interface { Read ( p [ ] byte ) ( n int , err error ) ; ~ int | string }
func ( c * Cart [ T ] ) Add ( a , b int , rest ... T ) ( sum int , err error ) {
	defer func ( ) { recover ( ) } ( )
	x , y := a << 2 , & c . items [ 1 : 2 ]
	if v , ok := x . ( int ) ; ok && ! y {
		go c . run ( 'r' , 1.5e3 , 0x1F )
	} else if a != b {
		return a * b , fmt . Errorf ( "no%d\\n" , a )
	}
	for i := 0 ; i < 10 ; i ++ {
		continue
	}
	for k , v := range map [ string ] int { "a" : 1 } {
		ch <- v
	}
	switch z := k . ( type ) {
	case int , string :
		fallthrough
	default :
		goto end
	}
	select {
	case v := <- ch :
	}
end :
	return
}
`,
  java: `package shop ;
import static a . B . * ;
import java . util . List ;
@Entity ( name = "cart" , sizes = { 1 , 2 } )
public final class Cart < T extends Base & Named > extends Base implements A , B {
  private static final int [ ] sizes = { 1 , 0x1F , 'c' , 1_0 } ;
  public Cart ( final int size , String ... names ) throws IOException { super ( size ) ; this . size = size ; }
  @Override public < R > List < ? extends R > all ( Map < String , T > m ) {
    for ( int i = 0 ; i < 10 ; i ++ ) { if ( i % 2 == 0 && ! done ) continue ; else break ; }
    for ( var x : m . values ( ) ) { x . run ( y -> y + 1 , Cart :: new , ( a , b ) -> { return a ; } ) ; }
    try ( var in = open ( ) ) { throw new Error ( "no\\n" ) ; } catch ( A | B e ) { } finally { }
    do { n >>>= 2 ; } while ( n > 0 ) ;
    String s = switch ( k ) { case 1 , 2 -> "a" ; default -> { yield ( String ) o ; } } ;
    return x instanceof T t ? t : null ;
  }
  enum Kind { A ( 1 ) , B { void m ( ) { } } ; }
  record Line ( int n ) { Line { assert n > 0 : "n" ; } }
  sealed interface P permits Q { default void m ( ) { synchronized ( this ) { } } }
}
`,
  csharp: `global using System ;
using static A . B ;
namespace Shop ;
[Serializable , Named ( "x" , Order = 1 ) ]
public abstract partial class Cart < T > ( int size ) : Base , INamed where T : class , new ( )
{
  private readonly int [ ] sizes = { 1 , 0x1F , 'c' } ;
  public int Size { get ; private set ; } = 1 ;
  public int Twice => size * 2 ;
  public Cart ( ) : this ( 1 ) { }
  public async Task < int > Add < R > ( ref int a , out string b , int c = 1 , params object [ ] rest )
  {
    foreach ( var x in rest ) { if ( x is int n && n != 2 ) continue ; else break ; }
    for ( int i = 0 ; i < 10 ; i ++ ) { await Run ( i , y => y + 1 , nameof ( a ) ) ; }
    try { throw new Error ( "no\\n" ) ; } catch ( Exception e ) when ( e . Ok ) { } finally { }
    var s = k switch { 1 => "a" , > 2 => @"b\\" , _ => null } ;
    var t = $"{a}b{c:N2}" ?? o ?. P [ 0 ] ;
    lock ( this ) { using ( var f = Open ( ) ) { yield return f ; } }
    return x == null ? ( int ) y : default ;
  }
  public static Cart < T > operator + ( Cart < T > a , Cart < T > b ) => a ;
  event Action Done ;
  enum Kind { A = 1 , B }
  record Line ( int N ) ;
}
`,
  rust: `use std :: collections :: { HashMap , HashSet as Set } ;
#[ derive ( Debug , Clone ) ]
pub struct Cart < 'a , T : Into < u32 > + 'a > where T : Copy { pub items : & 'a [ T ] , count : usize }
pub enum Kind { One , Two ( i32 , String ) , Three { x : u8 } = 3 }
impl < 'a , T : Into < u32 > > Shop for Cart < 'a , T > {
  const LIMIT : u32 = 0x1F_u32 ;
  pub async unsafe fn total ( & mut self , ( a , b ) : ( u32 , u32 ) , mut c : Box < dyn Fn ( u8 ) -> u8 + Send > ) -> Result < u32 , Error > {
    let Some ( x ) = self . items . first ( ) else { return Err ( Error :: new ( "no\\n" ) ) ; } ;
    let sum : u32 = self . items . iter ( ) . map ( | & i | i . into ( ) * 2 ) . sum :: < u32 > ( ) ;
    if let Kind :: Two ( n , .. ) = kind && n >= 1 || ! done { total += n << 2 ; } else if a != b { loop { break 5 ; } }
    for ( k , v ) in map . iter ( ) { while v > 1 { continue ; } }
    match x { 1 ..= 5 | 9 => 'a' , Kind :: Three { x : y @ 2 , .. } if y > 1 => { 'b' } , _ => unreachable ! ( "{}" , x ) }
    println ! ( "{:?}" , [ 1.5e3 , 2.0 ] ) ;
    Ok ( sum as u32 + fetch ( ) . await ? - * c & 1 ^ b'z' as u32 )
  }
}
trait Shop : Sized { type Item ; fn open ( & self ) -> bool { true } }
macro_rules! add { ( $a : expr ) => { $a + 1 } ; }
mod inner { pub ( crate ) static NAME : & str = r"raw" ; }
`,
  ruby: `require 'set'
module Shop
class Cart < Base
attr_reader :items
LIMIT = { a: 1 , "b" => 2 , **more }
def initialize( a , b = 2 , * rest , key: , opt: nil , ** more )
@items = [ a , * rest ] . map { | i | i * 2 }
end
def self.of( items ) = new( items )
def total( at )
return 0 if items . empty? && ! @open
sum = items . sum do | i |
i . price - i [ 1 ] / 3.5
end
case at
when 1 .. 5 , nil then sum += 1
when String
yield at
else
raise ArgumentError , "no"
end
begin
call( &block )
rescue A , B => error
retry
ensure
close
end
until done ? a : b
next unless x =~ r
end
sum
end
private
def hidden
->( x ) { x ** 2 }
end
end
end
`,
  php: `<?php
namespace App \\ Shop ;
use App \\ Models \\ User as U , App \\ B ;
abstract class Cart extends Base implements I , J {
  use Sums ;
  private const LIMIT = 0x1F ;
  protected ? int $n = 1 ;
  public function __construct ( private readonly int $a , string & $b = 'x' , array ... $rest ) { parent :: __construct ( $a ) ; }
  abstract protected function open ( int | string $x ) : ? bool ;
  public static function of ( array $items ) : static {
    foreach ( $items as $k => & $v ) { if ( $v > 1 && ! $k || $v === null ) continue ; elseif ( $k ) break ; else return new static ( $v ) ; }
    for ( $i = 0 ; $i < 10 ; $i ++ ) { $sum += $i ** 2 . 'no' ; }
    $f = fn ( int $x ) => $x ?? $this ?-> a -> b ( 1 , ... $rest ) [ 0 ] ;
    $g = static function ( $y ) use ( & $sum ) : void { yield $y => 1 ; } ;
    try { throw new Error ( 'no' ) ; } catch ( A | B $e ) { } finally { echo 1.5e3 , "a" ; }
    $m = match ( true ) { $a > 1 , 2 => 'a' , default => [ 'k' => 1 , ... $b ] } ;
    while ( $x instanceof Cart ) { do { -- $x ; } while ( $x ) ; }
    switch ( $k ) { case 1 : return ; default : global $z ; }
    return ( int ) $a ? $b : self :: LIMIT ;
  }
}
interface I { public function m ( ) ; }
enum Kind : string { case A = 'a' ; }
`,
  cpp: `#include <vector>
namespace shop {
template < typename T , int N = 3 >
class Cart final : public Base , private Other < T > {
public :
  explicit Cart ( int n = 1 , const std :: string & name = "x" ) noexcept : n_ ( n ) , name_ { name } { }
  virtual ~ Cart ( ) = default ;
  [[nodiscard]] auto total ( int * p , T && ... rest ) const -> int override {
    for ( auto & [ k , v ] : map_ ) { if ( v > 1 && ! k || v == nullptr ) continue ; else break ; }
    for ( int i = 0 ; i < 10 ; ++ i ) { sum += i << 2 ; }
    auto f = [ & , x = 1 ] ( int y ) mutable { return y * x ; } ;
    try { throw std :: runtime_error ( "no\\n" ) ; } catch ( const Error & e ) { } catch ( ... ) { }
    switch ( k ) { case 1 : return 0x1F ; default : goto end ; }
    do { delete [ ] p ; } while ( p -> next ( ) != 'c' ) ;
    end : return static_cast < int > ( new int [ 3 ] { 1 , 2 } [ 0 ] ) ? sizeof ( T ) : f ( 1.5e3 ) ;
  }
  bool operator == ( const Cart & other ) const ;
private :
  int n_ ; static constexpr int limit = N ;
} ;
enum class Kind : int { A = 1 , B } ;
struct P { int x : 3 ; union { int a ; float b ; } ; } ;
using List = std :: vector < Cart < int > > ;
}
extern "C" int run ( void ( * cb ) ( int ) , ... ) ;
`,
};
